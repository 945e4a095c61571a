// The line of shell that git runs for each file that both sides changed. Git's own merge comes first, so that a file that
// git can merge costs no more than that; Lacuna is started for a file in which conflicts are left. Git takes the file %A
// for the result and knows success from failure alone, so the line sees to it that a side is never lost: what Lacuna made is
// taken only when the file that proves it is there. Where Lacuna is missing, broken or killed, the file is what git's own
// merge gives, with its markers. Nothing but a shell, mv and rm is needed, which git brings along on Windows.

/** How Lacuna is started: `lacuna`, or the quoted paths of a program and of the command line. */
export interface DriverLineOptions {
  readonly lacuna: string;
  /** Options of `merge-driver`, quoted. */
  readonly options?: string;
  /** Whether git hands over the names behind the markers and compares as its merges do: since 2.44. */
  readonly isRecent: boolean;
}

export function driverLine({ lacuna, options = '', isRecent }: DriverLineOptions): string {
  const names = isRecent ? '-L %X -L %S -L %Y' : '-L ours -L base -L theirs';
  const merge = (comparison: string): string =>
    `git merge-file -p -q ${comparison}--marker-size=%L ${names} %A %O %B >%A.git`;
  // An older git does not know the comparison, which is no reason to lose a side.
  const again = isRecent ? [`if [ $s = 129 ]; then ${merge('')}; s=$?; fi`] : [];
  return [
    isRecent ? `${merge('--diff-algorithm=histogram ')} 2>/dev/null; s=$?` : `${merge('')}; s=$?`,
    ...again,
    'if [ $s = 0 ]; then exec mv -f %A.git %A; fi',
    'if [ $s -gt 127 ]; then rm -f %A.git; exit 1; fi',
    `${lacuna} merge-driver ${options}--result %A.lacuna -- %O %A %B %L %P %S %X %Y; s=$?`,
    'if [ ! -f %A.lacuna ]; then mv -f %A.git %A; exit 1; fi',
    'rm -f %A.git; mv -f %A.lacuna %A && [ $s = 0 ]',
  ].join('\n');
}
