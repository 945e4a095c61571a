// Files that are likely to hold secrets are never sent to the model, not even when the user asks by hand.

const DATA = String.raw`(json|ya?ml|toml|ini|env|xml|csv)`;

const names = oneOf(
  // Settings of a process.
  String.raw`\.env([.~_-].*)?|.*\.env|\.envrc(\..*)?|\.flaskenv|\.dev\.vars(\..*)?|\.renviron|local\.settings\.json`,
  // What programs keep to log in with.
  String.raw`\.npmrc|\.yarnrc(\.yml)?|\.pypirc|[._]netrc|\.pgpass|pgpass\.conf|\.my(login)?\.cnf|\.htpasswd|\.git-credentials`,
  String.raw`\.dockercfg|\.dockerconfigjson|\.s3cfg|\.boto|\.msmtprc|\.erlang\.cookie|\.vault[-_](token|pass(word)?)(\.txt)?`,
  String.raw`\.terraformrc|terraform\.rc|wp-config\.php|(key|keystore|signing)\.properties`,
  String.raw`kube-?config(\.ya?ml)?|.*\.kubeconfig|known_hosts|authorized_keys|\.\w+_history`,
  String.raw`id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._~-].*)?`,
  // Values that are kept apart because they are secret.
  String.raw`.*\.tfvars(\.json)?|.*\.tfstate(\..*)?|passwords?\.(txt|${DATA})`,
  String.raw`credentials|(.*[._-])?credentials\.${DATA}|(.*[._-])?secrets?([._-].*)?\.${DATA}`,
  String.raw`(.*[._-])?service[._-]?account([._-].*)?\.json|.*firebase-adminsdk.*\.json`,
);

/** Templates of such files are there to be shared, and hold none. */
const templates = oneOf(
  String.raw`\.env[._-](.*\.)?(example|sample|template|dist|defaults?|schema)|(.*\.)?(example|sample|template|dist)\.env`,
  String.raw`(secrets?|credentials)[._-](example|sample|template|dist|schema)\.${DATA}`,
);

const extensions = /\.(pem|key|p12|pfx|p8|jks|keystore|kdbx?|ppk|asc|gpg|pgp|crt|cer|der|ovpn|keytab|secret)$/i;

const folders = /(^|\/)(\.(ssh|gnupg|aws|azure|kube|docker)\/|\.config\/(gh|gcloud)\/|\.m2\/settings)/i;

/** Editors and people keep copies beside a file. */
const copies = /(~|\.(bak|backup|old|orig|save))$/i;

/** @param uri a document's URI or path; only its path is looked at */
export function isSecretFile(uri: string): boolean {
  // In a path, `#` and `?` are parts of names, as in `C#`.
  return isSecretPath(pathOf(uri)) || isSecretPath(uri.replaceAll('\\', '/'));
}

function isSecretPath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(copies, '');
  return (names.test(name) && !templates.test(name)) || extensions.test(name) || folders.test(path);
}

function pathOf(uri: string): string {
  // A document that has no file yet may have a name alone; the letter of a drive is no scheme.
  const path = uri
    .replace(/^[a-z][\w+.-]+:/i, '')
    .replace(/[?#].*$/s, '')
    .replaceAll('\\', '/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function oneOf(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(${patterns.join('|')})$`, 'i');
}
