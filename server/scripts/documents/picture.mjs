// Draws a picture of the documents from what a command has measured: the command line measures, and this draws.
//   npx lacuna bench --json | node server/scripts/documents/picture.mjs speed > docs/speed.svg
//   npx lacuna eval partial DATA --records FILE --curves --json | node server/scripts/documents/picture.mjs holes > docs/partial-programs.svg
import { json } from 'node:stream/consumers';
import { holesPicture } from './holesPicture.mjs';
import { speedPicture } from './speedPicture.mjs';

const pictures = { speed: speedPicture, holes: holesPicture };
const draw = pictures[process.argv[2]];
if (draw === undefined) {
  console.error(
    `Name what is drawn: ${Object.keys(pictures).join(' or ')}; the JSON of its command is read from standard input.`,
  );
  process.exit(2);
}
process.stdout.write(draw(await json(process.stdin)));
