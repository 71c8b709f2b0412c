export {
  type Address,
  createNodeDelivery,
  type NodeDeliveryOptions,
} from '../notifications/deliver-node.ts'
export { runMockCommand } from '../server/command.ts'
export { type MockServer, type MockServerOptions, startMockServer } from '../server/mock-server.ts'
export type { ReadyInfo } from '../server/ready-file.ts'
