/** The spec's schemas by name, so that callers need not write `components['schemas'][…]`. */
import type { components } from './generated/types.ts'

type Schemas = components['schemas']

export type QsMiniProgramPreEntrustSignRequest = Schemas['QsMiniProgramPreEntrustSignRequest']
export type QsPayRedirectSignPreEntrustSignRequest =
  Schemas['QsPayRedirectSignPreEntrustSignRequest']
export type NormalMiniProgramPreEntrustSignRequest =
  Schemas['NormalMiniProgramPreEntrustSignRequest']
export type NormalPayRedirectSignPreEntrustSignRequest =
  Schemas['NormalPayRedirectSignPreEntrustSignRequest']
export type EcommerceMiniProgramPreEntrustSignRequest =
  Schemas['EcommerceMiniProgramPreEntrustSignRequest']
export type EcommercePayRedirectSignPreEntrustSignRequest =
  Schemas['EcommercePayRedirectSignPreEntrustSignRequest']
export type ServiceProviderMiniProgramPreEntrustSignRequest =
  Schemas['ServiceProviderMiniProgramPreEntrustSignRequest']
export type ServiceProviderPayRedirectSignPreEntrustSignRequest =
  Schemas['ServiceProviderPayRedirectSignPreEntrustSignRequest']
export type MiniProgramPreEntrustSignResponse = Schemas['MiniProgramPreEntrustSignResponse']
export type QsMiniProgramPreEntrustSignResponse = MiniProgramPreEntrustSignResponse
export type PayRedirectSignPreEntrustSignResponse = Schemas['PayRedirectSignPreEntrustSignResponse']
export type ServiceProviderMiniProgramPreEntrustSignResponse =
  Schemas['ServiceProviderMiniProgramPreEntrustSignResponse']
export type ServiceProviderPayRedirectSignPreEntrustSignResponse =
  Schemas['ServiceProviderPayRedirectSignPreEntrustSignResponse']
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
