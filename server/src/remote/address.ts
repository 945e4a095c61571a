// Whether an address may be used: text and key of the user go there, so a slip must not send them where others read along.

import { words, type Words } from '../common/words.js';

export type Address =
  { readonly kind: 'address'; readonly url: string } | { readonly kind: 'wrong'; readonly reason: Words };

/** What a header can hold. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** @param key that would be sent along */
export function checkAddress(text: string, key: string | undefined): Address {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return wrong(words('The setting "lacuna.server.url" is no address, such as http://127.0.0.1:8080/v1.'));
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return wrong(words('The setting "lacuna.server.url" does not begin with http:// or https://.'));
  if (url.username !== '' || url.password !== '')
    return wrong(words('The setting "lacuna.server.url" holds a password, which belongs into the key.'));
  if (url.search !== '' || url.hash !== '')
    return wrong(words('The setting "lacuna.server.url" goes on behind its path.'));
  if (key !== undefined && url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    return wrong(words('The setting "lacuna.server.url" is not encrypted, so no key is sent there; use https://.'));
  }
  if (key !== undefined && !SENDABLE.test(key.trim()))
    return wrong(words('The key of the model server holds a character that cannot be sent; set it anew.'));
  return { kind: 'address', url: url.href };
}

function wrong(reason: Words): Address {
  return { kind: 'wrong', reason };
}

function isThisMachine(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127(\.\d+){3}$/.test(name);
}
