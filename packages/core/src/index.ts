export { isLoopbackUrl } from '@wechatpay-entrust/base'
export {
  baseUrlExpected,
  baseUrlsOf,
  findBaseUrlFault,
  type Hosts,
} from './call/base-url.ts'
export { type CallLimits, findLimitFault, type LimitFault } from './call/call-limits.ts'
export {
  type Client,
  createClient,
  type UntypedRequest,
} from './call/client.ts'
export type { ClientOptions } from './call/client-options.ts'
export type { AttemptEvent, ClientEvent, ResponseViolationEvent } from './call/events.ts'
export type {
  ApiResponse,
  Args,
  CallOptions,
  OperationCall,
  OperationEffect,
  OperationError,
  OperationExamples,
  OperationId,
  OperationInfo,
  Result,
} from './call/operation.ts'
export type { ClientFetch, ClientRequestInit, SignError, SignedResponse } from './call/transport.ts'
export type { ContractWait } from './call/wait-for-contract.ts'
export {
  ApiError,
  type ApiErrorCode,
  type DocumentedErrorCode,
  type KnownErrorCode,
  type LocalErrorCode,
} from './errors/api-error.ts'
export { signErrorRemedy } from './errors/remedies.ts'
export type { Operations } from './generated/operations.ts'
export type { components, operations, paths, webhooks } from './generated/types.ts'
export {
  type MiniProgramLaunch,
  type SessionCarrier,
  type SigningSession,
  toMiniProgramLaunch,
} from './mini-program/launch.ts'
export type {
  CertificateList,
  Contract,
  ContractSignedResource,
  ContractTerminatedResource,
  ContractTerminateInfo,
  EcommerceMiniProgramPreEntrustSignRequest,
  EcommercePayRedirectSignPreEntrustSignRequest,
  MiniProgramPreEntrustSignResponse,
  NormalMiniProgramPreEntrustSignRequest,
  NormalPayRedirectSignPreEntrustSignRequest,
  NotificationEnvelope,
  PayRedirectSignPreEntrustSignResponse,
  PlatformCertificate,
  QsMiniProgramPreEntrustSignRequest,
  QsMiniProgramPreEntrustSignResponse,
  QsPayRedirectSignPreEntrustSignRequest,
  SealedCertificate,
  SealedResource,
  ServiceProviderMiniProgramPreEntrustSignRequest,
  ServiceProviderMiniProgramPreEntrustSignResponse,
  ServiceProviderPayRedirectSignPreEntrustSignRequest,
  ServiceProviderPayRedirectSignPreEntrustSignResponse,
  TerminateContractRequest,
  TerminateContractResponse,
} from './models.ts'
export {
  RequestError,
  type RequestErrorCode,
  type RequestProblem,
} from './request/request-error.ts'
export type { JsonSchema, RequestSchema } from './schema/json-schema.ts'
export { checkSchema, type Violation } from './schema/schema-check.ts'
export { mapSensitiveFields, type SensitiveFieldsOptions } from './schema/sensitive-fields.ts'
export type { SchemaCheckOptions, ViolationCode } from './schema/violations.ts'
export type {
  Spec,
  SpecExample,
  SpecOperation,
  SpecRequest,
  SpecTypes,
  SpecWebhook,
} from './spec/spec.ts'
export type {
  Chain,
  OperationsById,
  Route,
  Routes,
  SpecInput,
  TypesOf,
} from './spec/spec-client.ts'
export {
  findSpecFault,
  type SpecFault,
  type SpecFaultCode,
  specsOf,
} from './spec/spec-fault.ts'
export type {
  Download,
  DownloadOptions,
  UnverifiedDownload,
  UnverifiedDownloadOptions,
} from './transfer/download.ts'
export type { DownloadProgress } from './transfer/receive.ts'
export type { DownloadTarget } from './transfer/target/open.ts'
export type { Transfers } from './transfer/transfers.ts'
export type { UploadOptions } from './transfer/upload.ts'
export type { UploadFile } from './transfer/upload-file.ts'
