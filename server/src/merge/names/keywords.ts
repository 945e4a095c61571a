// Words of the languages themselves, which no program defines.

const words =
  'abstract and any as assert async await base bool boolean break byte case catch char class const continue def default defer del do double elif else elsif end enum ensure except export extends extern false final finally float fn for foreach from fun func function go goto if impl implements import in include instanceof int interface internal is lambda let long loop match module mod mut namespace new nil none None not null nullptr number object of open operator or override package pass private protected public pub raise readonly ref require rescue return select self Self sealed short signed sizeof static string struct super switch template this throw throws trait true True False try type typedef typeof undefined union unless unsafe unsigned until use using val var virtual void volatile when where while with yield';

export const keywords: ReadonlySet<string> = new Set(words.split(' '));
