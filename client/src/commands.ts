// Every command that the manifest declares, with what it does.

import * as vscode from 'vscode';
import { commandIds, type CommandId } from './commandIds.js';
import type { Doctor } from './server/doctor.js';
import { fillAllHoles } from './holes/fillAll.js';
import { goToNextHole, listHoles } from './holes/holeList.js';
import type { Holes } from './holes/holes.js';
import { showMenu } from './status/menu.js';
import type { mergeCommands } from './merge/merge.js';
import type { Pause } from './status/pause.js';
import type { ServerKey } from './server/serverKey.js';
import { askSnooze } from './status/snooze.js';
import type { Statistics } from './statistics/statistics.js';
import { toggle, toggleLanguage } from './status/toggle.js';
import { trigger } from './completion/trigger.js';

export function registerCommands(
  pause: Pause,
  doctor: Doctor,
  explain: () => Promise<void>,
  log: vscode.LogOutputChannel,
  serverKey: ServerKey,
  statistics: Statistics,
  merge: ReturnType<typeof mergeCommands>,
  holes: Holes,
  calibrate: () => Promise<void>,
  useAnotherModel: () => Promise<void>,
): vscode.Disposable {
  const document = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
  const commands: Record<CommandId, (...given: unknown[]) => Promise<void> | void> = {
    'lacuna.trigger': () => trigger(pause, document()),
    'lacuna.toggle': () => toggle(pause, document()),
    'lacuna.toggleLanguage': () => toggleLanguage(document()),
    'lacuna.snooze': () => askSnooze(pause),
    'lacuna.showLog': () => log.show(),
    'lacuna.doctor': () => doctor.examine(),
    'lacuna.explain': explain,
    'lacuna.statistics': () => statistics.show(),
    'lacuna.statistics.reset': () => statistics.reset(),
    'lacuna.statistics.export': () => statistics.save(),
    'lacuna.menu': () => showMenu(pause),
    'lacuna.holes.next': () => goToNextHole(holes),
    'lacuna.holes.list': () => listHoles(holes),
    'lacuna.holes.fillAll': () => fillAllHoles(holes),
    'lacuna.calibrate': calibrate,
    'lacuna.model.use': useAnotherModel,
    'lacuna.server.setKey': () => serverKey.ask(),
    ...merge,
  };
  return vscode.Disposable.from(...commandIds.map((id) => vscode.commands.registerCommand(id, commands[id])));
}
