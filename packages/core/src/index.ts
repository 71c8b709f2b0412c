export {
  ApiError,
  type ApiErrorCode,
  type DocumentedErrorCode,
  type KnownErrorCode,
  type LocalErrorCode,
} from './api-error.ts'
export { baseUrlExpected, baseUrlsOf, findBaseUrlFault, type Hosts, isLoopbackUrl } from './base-url.ts'
export { type CallLimits, findLimitFault, type LimitFault } from './call-limits.ts'
export type { Chain, Methods, Route } from './chain.ts'
export { type Client, type ClientOptions, createClient, type UntypedRequest } from './client.ts'
export type { AttemptEvent, ClientEvent } from './events.ts'
export type { Operations } from './generated/operations.ts'
export type { components, operations, paths, webhooks } from './generated/schema.ts'
export type { JsonSchema, RequestSchema } from './json-schema.ts'
export {
  type MiniProgramLaunch,
  type SessionCarrier,
  type SigningSession,
  toMiniProgramLaunch,
} from './mini-program.ts'
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
export type {
  ApiAnswer,
  Args,
  CallOptions,
  OperationEffect,
  OperationError,
  OperationExamples,
  OperationId,
  OperationInfo,
  Result,
} from './operation.ts'
export { RequestError, type RequestErrorCode, type RequestProblem } from './request-error.ts'
export { checkSchema, type Violation } from './schema-check.ts'
export type { SchemaCheckOptions, ViolationCode } from './schema-misfits.ts'
export { mapSensitiveFields, type SensitiveFieldsOptions } from './sensitive-fields.ts'
export type { ClientFetch, ClientRequestInit, SignError, SignedResponse } from './transport.ts'
export type { ContractWait } from './wait-for-contract.ts'
