// The lint rule of the rooms: which files a file may import, by the tables in eslint.config.mjs.
import { dirname, join, relative, sep } from 'node:path';

/** The room of server/src that a file lies in; undefined for the files beside the rooms, and elsewhere. */
const roomOf = (file) => /^server\/src\/([^/]+)\//.exec(file)?.[1];

/** Why a file may not import another, or undefined where it may. */
function objection(from, to, { mayUse, faceless, floors }) {
  if (from.startsWith('client/') && to.startsWith('server/') && to !== 'server/src/protocol/messages.ts') {
    return 'The client may import messages.js of the server only.';
  }
  const [room, other] = [roomOf(from), roomOf(to)];
  const known = room !== undefined && other !== undefined && other in mayUse;
  if (known && room !== other) {
    if (!mayUse[room].includes(other)) return `${room}/ may use only: ${mayUse[room].join(', ') || 'nothing of ours'}.`;
    if (!faceless.includes(other) && to !== `server/src/${other}/index.ts`) return 'Import a room by its index.';
  }
  // A test may set up its subject with whatever stands above it.
  if (from.endsWith('.test.ts')) return undefined;
  for (const [folder, names] of Object.entries(floors)) {
    if (!from.startsWith(`${folder}/`) || !to.startsWith(`${folder}/`)) continue;
    const [first, ...rest] = from.slice(folder.length + 1).split('/');
    if (rest.length > 0 && !names.includes(first))
      return `${first}/ is no sub-room of ${folder}/ in eslint.config.mjs.`;
    const floorOf = (file) => {
      const floor = names.indexOf(file.slice(folder.length + 1).split('/')[0]);
      return floor === -1 ? names.length : floor;
    };
    if (floorOf(to) > floorOf(from)) {
      return `In ${folder}/, ${names.slice(0, floorOf(from) + 1).join(', ')} may be imported here, and nothing above.`;
    }
  }
  return undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const arrows = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context) {
    const [{ root, ...tables }] = context.options;
    const inRoot = (path) => relative(root, path).split(sep).join('/');
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const to = inRoot(join(dirname(context.filename), source.value.replace(/\.js$/, '.ts')));
      const message = objection(inRoot(context.filename), to, tables);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
