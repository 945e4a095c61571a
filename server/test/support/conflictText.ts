// Texts with conflicts, as git would write them, for tests.

export interface ConflictParts {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Shown between the sides where it is given. */
  readonly base?: readonly string[];
}

export function marked({ ours, theirs, base }: ConflictParts): string[] {
  const shown = base === undefined ? [] : ['||||||| 1a2b3c4', ...base];
  return ['<<<<<<< HEAD', ...ours, ...shown, '=======', ...theirs, '>>>>>>> feature'];
}

/** So many conflicts, each between lines of its own, the sides alike but for a number. */
export function manyConflicts(count: number): string {
  const one = (index: number): string[] => [
    `export function step${index}(input: number): number {`,
    ...marked({
      base: [`  return input;`],
      ours: [`  return input + ${index};`],
      theirs: [`  return input;`, `  // ${index}`],
    }),
    '}',
    '',
  ];
  return Array.from({ length: count }, (_, index) => one(index).join('\n')).join('\n');
}
