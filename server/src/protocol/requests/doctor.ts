// lacuna/doctor: what is found where the model, the versions and the machine are examined.

import { doctorRequest, type DoctorReport } from '../messages.js';
import type { Handler } from './handler.js';

export const doctor: Handler<unknown, DoctorReport> = {
  method: doctorRequest,
  empty: () => ({ lines: [] }),
  run: ({ examine, model, modelPath }, _params, signal) => examine(model, modelPath, signal),
};
