// The order of the sub-rooms in ARCHITECTURE.md, from the table of lint.
import config from '../../../eslint.config.mjs';

/** @returns {string} a list: each room with its sub-rooms from the ground up */
export function subRoomsList() {
  const [, { floors }] = config.flatMap(({ rules }) => rules?.['rooms/arrows'] ?? []).slice(0, 2);
  return Object.entries(floors)
    .map(([folder, names]) => `- \`${folder.replace('server/src/', '')}/\`: ${names.join(', ')}`)
    .join('\n');
}
