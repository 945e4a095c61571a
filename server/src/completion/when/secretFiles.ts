// Files that are likely to hold secrets are never sent to the model, not even when the user asks by hand.

const names =
  /^(\.env([._~-].*)?|.*\.env|\.envrc(\..*)?|\.dev\.vars(\..*)?|\.npmrc|\.yarnrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.my\.cnf|\.s3cfg|\.htpasswd|\.vault[-_](pass(word)?|token)|\.git-credentials|\.dockercfg|kubeconfig|id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._~-].*)?|credentials|credentials\.(json|ya?ml|toml|ini|xml)|secrets?(\.[\w-]+)?\.(json|ya?ml|toml|ini|env)|.*\.tfvars(\.json)?|.*\.tfstate(\..*)?|known_hosts|authorized_keys|wp-config\.php)$/i;

/** Templates of such files are there to be shared, and hold none. */
const templates =
  /^(\.env[._-](.*\.)?(example|sample|template|dist|defaults?|schema)|(.*\.)?(example|sample|template|dist)\.env)$/i;

const extensions = /\.(pem|key|p12|pfx|p8|jks|keystore|kdbx?|ppk|asc|gpg|pgp|crt|cer|der|ovpn|keytab|secret)$/i;

const folders = /(^|\/)(\.ssh|\.gnupg|\.aws|\.kube)\//i;

/** @param uri a document's URI or path; only its path is looked at */
export function isSecretFile(uri: string): boolean {
  const path = pathOf(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (names.test(name) && !templates.test(name)) || extensions.test(name) || folders.test(path);
}

function pathOf(uri: string): string {
  const path = uri.replace(/[?#].*$/s, '').replaceAll('\\', '/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
