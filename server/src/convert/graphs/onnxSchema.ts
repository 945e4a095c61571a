// The part of ONNX's schema (onnx.proto, version 2 of its syntax) that our graphs need: names and numbers of fields.

import protobuf from 'protobufjs/light.js';

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id });

/** By name: fields by name. */
const messages: Readonly<Record<string, object>> = {
  ModelProto: {
    irVersion: one('int64', 1),
    producerName: one('string', 2),
    graph: one('GraphProto', 7),
    opsetImport: many('OperatorSetIdProto', 8),
  },
  OperatorSetIdProto: { domain: one('string', 1), version: one('int64', 2) },
  GraphProto: {
    node: many('NodeProto', 1),
    name: one('string', 2),
    initializer: many('TensorProto', 5),
    input: many('ValueInfoProto', 11),
    output: many('ValueInfoProto', 12),
  },
  NodeProto: {
    input: many('string', 1),
    output: many('string', 2),
    name: one('string', 3),
    opType: one('string', 4),
    attribute: many('AttributeProto', 5),
    domain: one('string', 7),
  },
  AttributeProto: {
    name: one('string', 1),
    f: one('float', 2),
    i: one('int64', 3),
    ints: many('int64', 8),
    type: one('int32', 20),
  },
  TensorProto: {
    dims: many('int64', 1),
    dataType: one('int32', 2),
    name: one('string', 8),
    rawData: one('bytes', 9),
    externalData: many('StringStringEntryProto', 13),
    dataLocation: one('int32', 14),
  },
  StringStringEntryProto: { key: one('string', 1), value: one('string', 2) },
  ValueInfoProto: { name: one('string', 1), type: one('TypeProto', 2) },
  TypeProto: { tensorType: one('TensorTypeProto', 1) },
  TensorTypeProto: { elemType: one('int32', 1), shape: one('TensorShapeProto', 2) },
  TensorShapeProto: { dim: many('DimensionProto', 1) },
  DimensionProto: { dimValue: one('int64', 1), dimParam: one('string', 2) },
};

/** The bytes of a model; its fields are those above. */
export function encodeModel(model: object): Uint8Array {
  const type = modelType();
  return type.encode(type.fromObject(model)).finish();
}

/** The fields above of a model that has no others. */
export function decodeModel(bytes: Uint8Array): object {
  return modelType().toObject(modelType().decode(bytes), { longs: Number });
}

function modelType(): protobuf.Type {
  // In this edition a field that is given is written, whatever its value is.
  const nested = Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { edition: 'proto2', fields }]),
  );
  return protobuf.Root.fromJSON({ nested } as protobuf.INamespace).lookupType('ModelProto');
}
