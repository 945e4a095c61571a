// The commands that the manifest declares, in its order. `commands.ts` gives each its function.

export const commandIds = [
  'lacuna.trigger',
  'lacuna.toggle',
  'lacuna.toggleLanguage',
  'lacuna.snooze',
  'lacuna.showLog',
  'lacuna.doctor',
  'lacuna.explain',
  'lacuna.menu',
] as const;

export type CommandId = (typeof commandIds)[number];
