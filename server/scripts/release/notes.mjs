// What a release says of itself: the part of CHANGELOG.md under its version.

/**
 * @param {string} changelog
 * @param {string} version
 * @returns {string} markdown, without the heading
 * @throws where the changelog says nothing of the version
 */
export function releaseNotes(changelog, version) {
  const [, ...sections] = changelog.replaceAll('\r\n', '\n').split(/^## /m);
  const section = sections.find((each) => /^\S+/.exec(each)?.[0].replace(/^\[|\]$/g, '') === version);
  const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}; write a section "## ${version}".`);
  return `${notes}\n`;
}

/**
 * @param {string} tag of git
 * @param {string} version of package.json
 * @throws where they do not say the same
 */
export function checkTag(tag, version) {
  if (tag === `v${version}`) return;
  throw new Error(`The tag ${tag} does not fit package.json, whose version is ${version}; its tag is v${version}.`);
}
