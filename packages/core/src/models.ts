/** The spec's schemas by name, so that a caller never writes `components['schemas'][…]`. */
import type { components } from './generated/schema.ts'

type Schemas = components['schemas']

export type QsMiniProgramPreEntrustSignRequest = Schemas['QsMiniProgramPreEntrustSignRequest']
export type QsMiniProgramPreEntrustSignResponse = Schemas['QsMiniProgramPreEntrustSignResponse']
export type Contract = Schemas['Contract']
export type ContractTerminateInfo = Schemas['ContractTerminateInfo']
export type TerminateContractRequest = Schemas['TerminateContractRequest']
export type TerminateContractResponse = Schemas['TerminateContractResponse']
export type CertificateList = Schemas['CertificateList']
export type PlatformCertificate = Schemas['PlatformCertificate']
export type SealedCertificate = Schemas['SealedCertificate']
export type NotificationEnvelope = Schemas['NotificationEnvelope']
export type SealedResource = Schemas['SealedResource']
export type ContractSignedResource = Schemas['ContractSignedResource']
export type ContractTerminatedResource = Schemas['ContractTerminatedResource']
