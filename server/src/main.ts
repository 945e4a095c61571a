// The language server as the editor starts it; the transport is named on its command line.

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve.js';

serve(createConnection(ProposedFeatures.all));
