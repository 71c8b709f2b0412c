export {
  importSm2PrivateKey,
  importSm2PublicKey,
  type Sm2PrivateKey,
  type Sm2PublicKey,
  sm2SignatureType,
} from './sm2.ts'
export { importSm4ApiV3Key, type Sm4ApiV3Key, sm4Algorithm } from './sm4.ts'
