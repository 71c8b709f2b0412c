/** The spec as data, for checks, mocks and documentation. Loads neither the client nor ky. */
export { operationExamples } from '../generated/examples.ts'
export { spec } from '../generated/spec.ts'
export { ownSpec } from './own.ts'
export { createRegistry, type KnownOperation, type Registry } from './registry.ts'
export { segmentName } from './segment-name.ts'
export { findSpecFault, type SpecFault, type SpecFaultCode, specsOf } from './spec-fault.ts'
export { findMalformed, type Malformed } from './spec-shape.ts'
