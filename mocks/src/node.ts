export { runMockCommand } from './command.ts'
export { type Address, createNodeDelivery, type NodeDeliveryOptions } from './deliver-node.ts'
export { type MockServer, type MockServerOptions, startMockServer } from './mock-server.ts'
export type { ReadyInfo } from './ready-file.ts'
