// Which lines look like a secret, by language: what stands before the cursor, and what is suggested.

import { describe, expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { secrets } from './secrets.js';

/** Whether a suggestion is withheld. @param path the file; @param text the file up to the cursor, ˇ, and what is suggested */
function isWithheld(path: string, text: string): boolean {
  const [before = '', suggested = '', after = ''] = text.split(/[«»]/);
  const languageId =
    { py: 'python', yml: 'yaml', ts: 'typescript', sh: 'shellscript' }[path.split('.').at(-1)!] ?? 'plaintext';
  const document = { uri: `file:///${path}`, path, languageId, version: 1, text: before + after };
  const context = { place: locate(document, before.length), trigger: 'manual' as const, isTypedAlong: false };
  return typeof secrets(suggested, context) !== 'string';
}

describe('withheld', () => {
  it.each([
    ['a.py', 'KEY = "q7ZtR2mXw9LkV4pHs8NdJ3cYb6Fa"\nbackup = Client(key="«q7ZtR2mXw9LkV4pHs8NdJ3cYb6Fa")»'],
    ['a.py', 'KEY = "«q7ZtR2mXw9LkV4pHs8NdJ3cYb6Fa"»'],
    ['a.py', 'x = "q7ZtR2«mXw9LkV4pHs8NdJ3cYb6Fa"»'],
    ['a.yml', 'production:\n  api_key: «x9Kq2Lm7Pz4Rw8Tn»'],
    ['a.yml', 'password: «correct horse battery»'],
    ['a.ts', 'connect({ password: "«123456" })»'],
    ['Dockerfile', 'ENV API_TOKEN=«1234567890»'],
    ['a.yml', 'user: admin\npassword: «admin»'],
    ['a.yml', 'env:\n  - name: DB_PASSWORD\n    value: «hunter2go»'],
    ['a.yml', 'db:\n  url: «postgres://admin:hunter2@db/main»'],
    ['.env.example', 'DB_HOST=localhost\nDB_PASSWORD=«Tr0ub4dor»'],
    ['.env.example', 'API_TOKEN=«x9Kq2Lm7Pz4Rw8Tn»'],
    ['app.properties', 'spring.datasource.password=«s3cretdb»'],
    ['app.properties', 'spring.datasource.password = «tiger-lily»'],
    ['app.ini', '[db]\nsecret: «x9Kq2Lm7Pz4Rw8Tn»'],
    ['Dockerfile', 'ENV DB_PASSWORD=«hunter22»'],
    ['Dockerfile', 'ENV API_KEY «x9Kq2Lm7Pz4Rw8Tn»'],
    ['a.sh', 'export TOKEN=«x9Kq2Lm7Pz4Rw8Tn»'],
    ['a.sh', 'curl -H "Authorization: Bearer «x9Kq2Lm7Pz4Rw8Tn"»'],
    ['a.sh', 'mysql --password=«hunter22»'],
    ['a.json', '{ "password": "«hunter22"»'],
    ['a.json', '{ "clientSecret": "«x9Kq2Lm7Pz4Rw8Tn",»'],
    ['a.ts', 'const token = "«x9Kq2Lm7Pz4Rw8Tn";»'],
    ['a.ts', "const secret: string = '«hunter22hunter';»"],
    ['a.ts', 'setPassword("«Pa55word!")»'],
    ['a.ts', 'headers.set("X-Api-Key", "«x9Kq2Lm7Pz4Rw8Tn");»'],
    ['a.ts', "headers: { Authorization: '«Bearer x9Kq2Lm7Pz4Rw8Tn' }»"],
    ['a.ts', 'const db = "Server=db;User=sa;Password=«Pa55word;"»'],
    ['a.ts', 'const password = "correct-horse";\nconnect({ password: "«correct-horse" })»'],
    ['a.ts', 'const a = 1;\n«const salt = "q7ZtR2mXw9LkV4pHs8NdJ3cYb6Fa";»'],
    ['a.ts', 'const x = "«ghp_abcdefghijklmnopqrstuvwxyz0123456789";»'],
    ['a.ts', 'const seed = "«9f86d081884c7d659a2feaa0c55ad015";»'],
    ['a.ts', 'if (password === "«hunter22")»'],
    ['a.ts', 'creds["password"] = "«hunter22";»'],
    ['a.rb', 'config[:secret_key] = "«x9Kq2Lm7Pz4Rw8Tn"»'],
    ['a.php', "'password' => '«hunter22',»"],
    ['a.go', 'Token: "«x9Kq2Lm7Pz4Rw8Tn",»'],
    ['a.tf', 'password = "«hunter22"»'],
    ['a.xml', '<add key="x" password="«hunter22" />»'],
    ['a.md', 'Use the key `«x9Kq2Lm7Pz4Rw8Tn3dG5hJ`»'],
  ])('%s: %s', (path, text) => expect(isWithheld(path, text)).toBe(true));
});

describe('let pass', () => {
  it.each([
    ['a.ts', 'const password = «process.env.DATABASE_PASSWORD;»'],
    ['a.ts', 'const token = «await getToken2(user1);»'],
    ['a.ts', 'const tokenName = "«authorization-header";»'],
    ['a.ts', 'const key = "«user:profile:settings";»'],
    ['a.ts', 'const key = `«${prefix}:${userId}`;»'],
    ['a.ts', 'expect(input.type).toBe("«password");»'],
    ['a.ts', 'interface A { password: «string;»'],
    ['a.ts', 'const NAMESPACE = "«6ba7b810-9dad-11d1-80b4-00c04fd430c8";»'],
    ['a.ts', 'const sha256 = "«9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015";»'],
    ['a.ts', 'url = `https://«${user}:${password}@${host}`;»'],
    ['a.ts', 'map.set("key1", "«value1");»'],
    ['a.ts', 'it("«returns the password that was given", () => {»'],
    ['a.ts', 'import { «getUserById2FromV3ApiWithToken } from "./api2/v3/users2";»'],
    ['a.py', 'key = «item2.name»'],
    ['a.ts', 'const convert = «convertIPv4MappedIPv6ToIPv4;»'],
    ['a.py', 'def login(user, password=«None):»'],
    ['a.py', 'parser.add_argument("--token", «help="the token")»'],
    ['a.yml', 'uses: actions/checkout@«11bd71901bbe5b1630ceea73d27597364c9af683»'],
    ['a.yml', 'password: «${{ secrets.DB_PASSWORD }}»'],
    ['a.yml', 'key: «${{ runner.os }}-node-${{ hashFiles("package-lock.json") }}»'],
    ['a.yml', 'secretName: «web-tls»'],
    ['a.yml', 'token: «$CI_JOB_TOKEN»'],
    ['a.yml', 'keys:\n  - «name: "a"»'],
    [
      'package-lock.json',
      '"integrity": "«sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg=="»',
    ],
    ['go.sum', 'golang.org/x/text v0.3.0 h1:«g61tztE5qeGQ89tm6NTjjM9VPIm088od1l6aSorWRWg=»'],
    ['.env.example', 'API_KEY=«your_api_key_here»'],
    ['.env.example', 'DB_HOST=«localhost»'],
    ['a.json', '{ "key": "«12345678" }»'],
    ['Dockerfile', 'ENV NODE_ENV=«production»'],
    ['a.sh', 'PASSWORD=«"$1"»'],
    ['a.sh', 'read -r -s -p "Password: " «PASSWORD»'],
    ['a.md', 'The password «is stored as a hash of 32 bytes.»'],
    ['a.json', '{ "version": "«1.2.3-beta.4+build.20240101",»'],
    // What the user typed is the user's own.
    ['a.py', 'client = Client(key="q7ZtR2mXw9LkV4pHs8NdJ3cYb6Fa"«, retries=3)»'],
  ])('%s: %s', (path, text) => expect(isWithheld(path, text)).toBe(false));
});
