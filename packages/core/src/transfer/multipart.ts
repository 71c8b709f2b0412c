import { concatBytes, utf8 } from '@wechatpay-entrust/base'

/** The parts of an upload. */
export interface UploadParts {
  /** JSON text: the signature covers exactly these bytes. */
  readonly meta: string
  readonly bytes: Uint8Array
  readonly filename: string
  readonly contentType: string
  /** Of the file. The boundary is made of it: no file contains its own hash. */
  readonly sha256: string
}

/** The body of an upload as multipart/form-data: `meta` first, then `file`. */
export function writeMultipart({ meta, bytes, filename, contentType, sha256 }: UploadParts): {
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
} {
  const boundary = `wechatpay-entrust-${sha256.slice(0, 40)}`
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="meta"\r\n` +
    `Content-Type: application/json\r\n\r\n${meta}\r\n` +
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(filename)}"\r\n` +
    `Content-Type: ${contentType}\r\n\r\n`
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: concatBytes([
      utf8(head),
      bytes,
      utf8(`\r\n--${boundary}--\r\n`),
    ]) as Uint8Array<ArrayBuffer>,
  }
}

/** As browsers write it. Control characters were rejected before. */
const quoted = (filename: string) => filename.replaceAll('"', '%22')

const types: Readonly<Record<string, string | undefined>> = {
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  avi: 'video/x-msvideo',
  flv: 'video/x-flv',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  wmv: 'video/x-ms-wmv',
}

/** The media type of a file by the end of its name. */
export function contentTypeOf(filename: string): string {
  const ending = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase()
  return types[ending] ?? 'application/octet-stream'
}
