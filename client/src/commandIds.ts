// The commands that the manifest declares, in its order. `commands.ts` gives each its function.

export const commandIds = [
  'lacuna.trigger',
  'lacuna.toggle',
  'lacuna.toggleLanguage',
  'lacuna.snooze',
  'lacuna.showLog',
  'lacuna.doctor',
  'lacuna.explain',
  'lacuna.statistics',
  'lacuna.statistics.reset',
  'lacuna.statistics.export',
  'lacuna.menu',
  'lacuna.holes.next',
  'lacuna.holes.list',
  'lacuna.holes.fillAll',
  'lacuna.calibrate',
  'lacuna.model.use',
  'lacuna.server.setKey',
  'lacuna.merge.next',
  'lacuna.merge.previous',
  'lacuna.merge.show',
  'lacuna.merge.preview',
  'lacuna.merge.versions',
  'lacuna.merge.resolveFile',
  'lacuna.merge.resolveAll',
  'lacuna.merge.compareWith',
  'lacuna.merge.applyPreview',
] as const;

export type CommandId = (typeof commandIds)[number];
