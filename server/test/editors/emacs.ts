// Emacs with a set-up of the guide, without a window: opens a file with a conflict and takes a quick fix by the command
// that a person takes it by.

import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start } from '../support/tracer.js';
import { conflict, setUp, tinyModel } from './setUp.js';

export interface EmacsReport {
  /** What Emacs says while it runs, for a person who reads why a test failed. */
  readonly said: string;
  readonly titles: readonly string[];
  /** The text of the hover in the conflict. */
  readonly hover: string;
  readonly written: string;
}

/** Why Emacs cannot run a library here; undefined where it can. */
export function emacsObstacle(library: string): string | undefined {
  const { error, status } = spawnSync('emacs', ['--batch', '--eval', `(require '${library})`], { stdio: 'ignore' });
  if (error !== undefined) return 'emacs is not installed';
  return status === 0 ? undefined : `Emacs has no ${library}`;
}

/** @param more Lisp that a user may have besides the set-up */
export async function runEmacs(
  client: 'eglot' | 'lsp-mode',
  cli: string,
  folder: string,
  more = '',
): Promise<EmacsReport> {
  const at = (name: string): string => join(folder, name);
  const quick = `:certainty "eager" :debounce 0 :threads 1 :model (:path ${JSON.stringify(tinyModel)})`;
  const init = setUp(
    client === 'eglot' ? 'eglot-server-programs' : 'make-lsp-client',
    cli,
    [':certainty "balanced"', quick],
    ['"node"', JSON.stringify(process.execPath)],
  );
  await writeFile(at('conflict.py'), conflict);
  await writeFile(at('session.el'), `${init}\n${more}\n${client === 'eglot' ? eglot : lspMode}\n${report}`);
  const home = ['env', '-C', folder, `HOME=${folder}`];
  const { stdout, stderr } = await start([...home, 'emacs', '--batch', '-l', 'session.el']);
  const said = stdout + stderr;
  const told = await readFile(at('report.json'), 'utf8').catch(() => {
    throw new Error(`Emacs came to no end: ${said}`);
  });
  return {
    ...(JSON.parse(told) as Pick<EmacsReport, 'titles' | 'hover'>),
    said,
    written: await readFile(at('conflict.py'), 'utf8'),
  };
}

// Each defines my-hover-text, my-first-fix, which puts what was offered into my-titles, and my-end.

const eglot = `
(require 'eglot)
(setq eglot-sync-connect 20 eglot-connect-timeout 20)
(find-file "conflict.py")
(call-interactively 'eglot)
(defun my-hover-text ()
  (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
    (plist-get (plist-get hover :contents) :value)))
(defvar my-titles nil)
;; A person's answer to the list that opens.
(defun completing-read (_prompt choices &rest _)
  (setq my-titles (mapcar #'car choices))
  (car my-titles))
(defun my-first-fix ()
  (let ((last-nonmenu-event ?x)) (call-interactively 'eglot-code-actions)))
(defun my-end () (eglot-shutdown (eglot-current-server)))
`;

const lspMode = `
(require 'lsp-mode)
(setq lsp-session-file (expand-file-name "lsp-session") lsp-server-install-dir (expand-file-name "lsp")
      lsp-modeline-code-actions-enable nil lsp-modeline-diagnostics-enable nil lsp-modeline-workspace-status-enable nil)
(find-file "conflict.py")
(lsp-workspace-folders-add default-directory)
(lsp)
(with-timeout (20 (error "The server does not start"))
  (while (not (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))
    (accept-process-output nil 0.05)))
(defun my-hover-text ()
  (lsp-get (lsp-get (lsp-request "textDocument/hover" (lsp--text-document-position-params)) :contents) :value))
(defvar my-titles nil)
(defun my-first-fix ()
  (let ((actions (lsp-code-actions-at-point)))
    (setq my-titles (mapcar (lambda (action) (lsp-get action :title)) actions))
    (when actions (lsp-execute-code-action (car actions)))))
(defun my-end () (setq lsp-restart 'ignore) (lsp-workspace-shutdown (car (lsp-workspaces))))
`;

const report = `
(require 'json)
(goto-char (point-min))
(forward-line 2)
(let ((hover (my-hover-text)))
  (condition-case problem (my-first-fix) (error (message "%S" problem)))
  (save-buffer)
  (with-temp-file "report.json"
    (insert (json-encode (list :hover (or hover "") :titles (vconcat my-titles))))))
(my-end)
`;
