/**
 * The binary frame of the long connection, in protobuf: `{1 SeqID u64, 2 LogID u64, 3 service i32, 4 method i32, 5 headers {1 key,
 * 2 value}, 6 payload_encoding, 7 payload_type, 8 payload, 9 LogIDNew}`. Our own code, so that the check of the SDK is independent.
 */
export interface Frame {
  seqId: bigint;
  logId: bigint;
  service: number;
  /** 0 control, 1 data. */
  method: number;
  headers: Record<string, string>;
  payload: Uint8Array;
}

function varint(value: bigint): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest > 0n ? byte | 0x80 : byte);
  } while (rest > 0n);
  return out;
}

const number = (field: number, value: bigint): Buffer => Buffer.from([field << 3, ...varint(value)]);
const bytes = (field: number, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(BigInt(value.length))]), value]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value, 'utf8'));

export const encodeFrame = (frame: Frame): Buffer =>
  Buffer.concat([
    number(1, frame.seqId),
    number(2, frame.logId),
    number(3, BigInt(frame.service)),
    number(4, BigInt(frame.method)),
    ...Object.entries(frame.headers).map(([key, value]) => bytes(5, Buffer.concat([text(1, key), text(2, value)]))),
    bytes(8, frame.payload),
  ]);

type Field = { field: number; value: bigint; bytes: Buffer };

/** The fields of a protobuf message with varints and length-delimited values. @throws RangeError on a cut message */
function fields(raw: Buffer): Field[] {
  const found: Field[] = [];
  let at = 0;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = raw[at++];
      if (byte === undefined || shift > 63n) throw new RangeError('cut or overlong varint');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < raw.length) {
    const key = next();
    const value = next();
    const wire = Number(key & 7n);
    if (wire !== 0 && wire !== 2) throw new RangeError(`wire type ${wire} is not used here`);
    const end = wire === 2 ? at + Number(value) : at;
    if (end > raw.length) throw new RangeError('cut field');
    found.push({ field: Number(key >> 3n), value, bytes: raw.subarray(at, end) });
    at = end;
  }
  return found;
}

/** @throws RangeError if the bytes are not a frame */
export function decodeFrame(raw: Buffer): Frame {
  const all = fields(raw);
  const one = (field: number) => all.find((f) => f.field === field);
  const headers = all
    .filter((f) => f.field === 5)
    .map((f) => fields(f.bytes))
    .map((pair) => [1, 2].map((field) => pair.find((f) => f.field === field)?.bytes.toString('utf8') ?? ''));
  return {
    seqId: one(1)?.value ?? 0n,
    logId: one(2)?.value ?? 0n,
    service: Number(BigInt.asIntN(32, one(3)?.value ?? 0n)),
    method: Number(BigInt.asIntN(32, one(4)?.value ?? 0n)),
    headers: Object.fromEntries(headers),
    payload: one(8)?.bytes ?? Buffer.alloc(0),
  };
}
