// lacuna/doctor: what is found where the model, the versions and the machine are examined.

import { doctorRequest, type DoctorReport } from '../messages.js';
import type { Handler } from './handler.js';

export const doctor: Handler<unknown, DoctorReport> = {
  method: doctorRequest,
  empty: () => ({ lines: [] }),
  async run({ examine, model, modelSettings, say }, _params, signal) {
    const { lines } = await examine(model, modelSettings, signal);
    return {
      lines: lines.map(({ name, value, ok, advice }) => ({
        name: say(name),
        value: say(value),
        ok,
        ...(advice === undefined ? {} : { advice: say(advice) }),
      })),
    };
  },
};
