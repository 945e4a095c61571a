// GGUF files that are a header alone: enough for whoever asks whether a file could be used.

/** Numbers are written as UINT32, texts as STRING. */
export function ggufHeader(fields: Readonly<Record<string, string | number>>): Buffer {
  const counts = Buffer.alloc(20);
  counts.writeUInt32LE(3, 0);
  counts.writeBigUInt64LE(0n, 4);
  counts.writeBigUInt64LE(BigInt(Object.keys(fields).length), 12);
  const written = Object.entries(fields).map(([key, value]) =>
    Buffer.concat([
      text(key),
      number(typeof value === 'string' ? 8 : 4),
      typeof value === 'string' ? text(value) : number(value),
    ]),
  );
  return Buffer.concat([Buffer.from('GGUF'), counts, ...written]);
}

function text(value: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(value)));
  return Buffer.concat([length, Buffer.from(value)]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
