// What is the same for all candidates of a conflict: how large it is, how the two sides relate, where it stands. It tells
// the trees which way of resolving suits conflicts like this one.

import { withoutSpace } from '../../diff/withoutSpace.js';
import type { Candidate, EditRelation, MergeChunk, ThreeWayMerge } from '../../types.js';
import { dice, shared, shareOf } from './bags.js';
import type { Feature } from './candidateFeatures.js';
import type { ConflictView, SideView } from './view.js';

/** The order is that of the trained trees' categories. */
const languages = [
  'typescript',
  'javascript',
  'python',
  'java',
  'csharp',
  'go',
  'rust',
  'cpp',
  'c',
  'php',
  'ruby',
  'kotlin',
  'json',
  'yaml',
  'toml',
  'xml',
  'markdown',
  'cmake',
  'gradle',
  'html',
];
const families: Readonly<Record<string, string>> = { typescriptreact: 'typescript', javascriptreact: 'javascript' };

const list = (features: Readonly<Record<string, (of: ConflictView) => number>>): Feature<ConflictView>[] =>
  Object.entries(features).map(([name, value]) => ({ name, group: 'sides', value }));

function sideFeatures(side: 'ours' | 'theirs'): Feature<ConflictView>[] {
  const other = side === 'ours' ? 'theirs' : 'ours';
  const of = (view: ConflictView): SideView => view[side];
  return list({
    [`${side}.added`]: (view) => Math.log1p(of(view).tokenEdit.addedTotal),
    [`${side}.removed`]: (view) => Math.log1p(of(view).tokenEdit.removedTotal),
    [`${side}.tokens`]: (view) => Math.log1p(of(view).bag.tokenTotal),
    [`${side}.lines`]: (view) => of(view).bag.lines.length,
    [`${side}.toBase`]: (view) =>
      dice(of(view).bag.tokens, view.base.tokens, of(view).bag.tokenTotal, view.base.tokenTotal),
    [`${side}.addedByOther`]: (view) =>
      shareOf(shared(of(view).tokenEdit.added, view[other].tokenEdit.added), of(view).tokenEdit.addedTotal),
    [`${side}.removedByOther`]: (view) =>
      shareOf(shared(of(view).tokenEdit.removed, view[other].tokenEdit.removed), of(view).tokenEdit.removedTotal),
    [`${side}.addedLinesByOther`]: (view) =>
      shareOf(shared(of(view).lineEdit.added, view[other].lineEdit.added), of(view).lineEdit.addedTotal),
    [`${side}.addedRemovedByOther`]: (view) =>
      shareOf(shared(of(view).tokenEdit.removed, view[other].bag.tokens), of(view).tokenEdit.removedTotal),
    [`${side}.sorted`]: (view) => of(view).texture.sorted,
    [`${side}.comments`]: (view) => of(view).texture.comments,
    [`${side}.imports`]: (view) => of(view).texture.imports,
    [`${side}.linesInContext`]: (view) => of(view).texture.linesInContext,
    [`${side}.newNamesKnown`]: (view) => of(view).texture.newNamesKnown,
    [`${side}.lostNamesUsed`]: (view) => of(view).texture.lostNamesUsed,
    [`${side}.namesKnown`]: (view) => of(view).texture.namesKnown,
  });
}

/** How many tokens of a three-way merge are left to decide. */
function disputed(merge: ThreeWayMerge<string> | undefined): number {
  if (merge === undefined) return -1;
  const size = (chunk: MergeChunk<string>): number =>
    chunk.kind === 'stable' ? 0 : Math.max(chunk.ours.length, chunk.theirs.length);
  return Math.log1p(merge.chunks.reduce((sum, chunk) => sum + size(chunk), 0));
}

const tristate = (known: boolean | undefined): number => (known === undefined ? -1 : known ? 1 : 0);

const differsInSpaceAlone = (left: string, right: string): number =>
  withoutSpace(left) === withoutSpace(right) ? 1 : 0;

const endsOpen = (line: string | undefined): number => (line === undefined ? -1 : /[([{:]$/.test(line) ? 1 : 0);
const startsClosed = (line: string | undefined): number => (line === undefined ? -1 : /^[)\]}]/.test(line) ? 1 : 0);

function shareThatParses(candidates: readonly Candidate[]): number {
  const known = candidates.filter(({ parses }) => parses !== undefined);
  return shareOf(known.filter(({ parses }) => parses === true).length, known.length);
}

export const conflictFeatures: readonly Feature<ConflictView>[] = [
  ...sideFeatures('ours'),
  ...sideFeatures('theirs'),
  ...list({
    'others.count': ({ others }) => others.count,
    'others.oursAdded': ({ others }) => Math.log1p(others.oursAdded),
    'others.theirsAdded': ({ others }) => Math.log1p(others.theirsAdded),
    'others.oursRemoved': ({ others }) => Math.log1p(others.oursRemoved),
    'others.theirsRemoved': ({ others }) => Math.log1p(others.theirsRemoved),
    'others.added': ({ others }) => Math.log((others.oursAdded + 1) / (others.theirsAdded + 1)),
    'others.removed': ({ others }) => Math.log((others.oursRemoved + 1) / (others.theirsRemoved + 1)),
    'others.oursAddedInTheirs': ({ others }) => others.oursAddedInTheirs,
    'others.theirsAddedInOurs': ({ others }) => others.theirsAddedInOurs,
    'others.oursEmpty': ({ others }) => others.oursEmpty,
    'others.theirsEmpty': ({ others }) => others.theirsEmpty,
    'others.baseEmpty': ({ others }) => others.baseEmpty,
  }),
  ...list({
    'base.tokens': ({ base }) => Math.log1p(base.tokenTotal),
    'base.lines': ({ base }) => base.lines.length,
    'sides.oursParses': ({ problem }) => tristate(problem.evidence.sidesParse?.ours),
    'sides.theirsParses': ({ problem }) => tristate(problem.evidence.sidesParse?.theirs),
    'base.known': ({ problem }) => (problem.input.base === undefined ? 0 : 1),
    'base.linesInContext': ({ baseTexture }) => baseTexture.linesInContext,
    'sides.alike': ({ oursTheirsDice }) => oursTheirsDice,
    'sides.alikeLines': ({ ours, theirs }) =>
      dice(ours.bag.lineCounts, theirs.bag.lineCounts, ours.bag.lines.length, theirs.bag.lines.length),
    'sides.spaceAlone': ({ problem: { input } }) => differsInSpaceAlone(input.ours, input.theirs),
    'sides.oursSpaceAlone': ({ problem: { input } }) => differsInSpaceAlone(input.ours, input.base ?? ''),
    'sides.theirsSpaceAlone': ({ problem: { input } }) => differsInSpaceAlone(input.theirs, input.base ?? ''),
    'sides.added': ({ ours, theirs }) => Math.log((ours.tokenEdit.addedTotal + 1) / (theirs.tokenEdit.addedTotal + 1)),
    'sides.removed': ({ ours, theirs }) =>
      Math.log((ours.tokenEdit.removedTotal + 1) / (theirs.tokenEdit.removedTotal + 1)),
    'sides.opposed': ({ ours, theirs }) =>
      shareOf(
        shared(ours.tokenEdit.added, theirs.tokenEdit.removed) + shared(theirs.tokenEdit.added, ours.tokenEdit.removed),
        ours.tokenEdit.addedTotal + theirs.tokenEdit.addedTotal,
      ),
    'merge.tokenConflicts': ({ problem }) => problem.evidence.tokenMerge?.conflicts ?? -1,
    'merge.tokenDisputed': ({ problem }) => disputed(problem.evidence.tokenMerge),
    'merge.lineConflicts': ({ problem }) => problem.evidence.lineMerge?.conflicts ?? -1,
    candidates: ({ candidates }) => candidates.length,
    language: ({ problem: { input } }) => languages.indexOf(families[input.languageId] ?? input.languageId),
    'path.test': ({ problem: { input } }) =>
      /(^|[/._-])(tests?|specs?|__tests__)([/._-]|$)/i.test(input.path) ? 1 : 0,
    'neighbour.before': ({ problem: { input } }) => (/^(<{7}|>{7})/m.test(input.before) ? 1 : 0),
    'neighbour.after': ({ problem: { input } }) => (/^(<{7}|>{7})/m.test(input.after) ? 1 : 0),
    'context.atStart': ({ before }) => Math.min(12, before.lines.length),
    'context.atEnd': ({ after }) => Math.min(12, after.lines.length),
    'context.imports': ({ before, after }) =>
      [...before.lines, ...after.lines].filter((line) => line.import).length /
      Math.max(1, before.lines.length + after.lines.length),
    'context.opens': ({ before }) => endsOpen(before.lines.at(-1)?.text),
    'context.closes': ({ after }) => startsClosed(after.lines[0]?.text),
    'candidates.parse': ({ problem }) => shareThatParses(problem.candidates),
    'merge.parses': ({ problem }) =>
      tristate(problem.candidates.find(({ source, pattern }) => source === 'token' && pattern === 'merge')?.parses),
    'others.oursAhead': ({ others }) => others.oursAhead,
    'others.theirsAhead': ({ others }) => others.theirsAhead,
  }),
  ...relationFeatures(),
];

/** How the edits relate in the outline; -1 where a side is too long for it. */
function relationFeatures(): Feature<ConflictView>[] {
  const of = (read: (relation: EditRelation) => number) => (view: ConflictView) =>
    view.relation === undefined ? -1 : Math.log1p(read(view.relation));
  return list({
    'relation.both': of(({ both }) => both),
    'relation.removedChanged': of(({ removedChanged }) => removedChanged),
    'relation.twins': of(({ twins }) => twins),
    'relation.alike': of(({ alike }) => alike),
    'relation.sameGap': of(({ sameGap }) => sameGap),
    'relation.shared': of(({ shared: inOne }) => inOne),
    'relation.adjacent': of(({ adjacent }) => adjacent),
    'relation.oursAdded': of(({ ours }) => ours.added),
    'relation.oursRemoved': of(({ ours }) => ours.removed),
    'relation.oursChanged': of(({ ours }) => ours.changed),
    'relation.theirsAdded': of(({ theirs }) => theirs.added),
    'relation.theirsRemoved': of(({ theirs }) => theirs.removed),
    'relation.theirsChanged': of(({ theirs }) => theirs.changed),
  });
}
