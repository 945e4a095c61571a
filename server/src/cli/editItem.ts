// The items of `eval edits`, `eval partial` and `calibrate`: cursor positions in code that somebody wrote.

import { z } from 'zod';

export const editItem = z.object({
  id: z.string(),
  repo: z.string(),
  path: z.string(),
  language: z.string(),
  kind: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  target_line: z.string(),
});
export type EditItem = z.infer<typeof editItem>;
