/** What may be uploaded, by what the file is and not by what it is called. The first extension is the usual one. */
export const fileKinds = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'] },
  png: { mediaType: 'image/png', extensions: ['png'] },
  jpeg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  webp: { mediaType: 'image/webp', extensions: ['webp'] },
  step: { mediaType: 'model/step', extensions: ['step', 'stp', 'p21'] },
  iges: { mediaType: 'model/iges', extensions: ['igs', 'iges'] },
  dxf: { mediaType: 'image/vnd.dxf', extensions: ['dxf'] },
  dwg: { mediaType: 'image/vnd.dwg', extensions: ['dwg'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'] },
  csv: { mediaType: 'text/csv', extensions: ['csv'] },
  text: { mediaType: 'text/plain', extensions: ['txt'] },
  zip: { mediaType: 'application/zip', extensions: ['zip'] },
} as const satisfies Record<string, { mediaType: string; extensions: readonly [string, ...string[]] }>

export type FileKind = keyof typeof fileKinds

/** Kinds that are written anew when they arrive, so that nothing but the picture is left of them. */
export const pictureKinds = ['png', 'jpeg', 'webp'] as const satisfies readonly FileKind[]
export type PictureKind = (typeof pictureKinds)[number]
export const isPictureKind = (kind: FileKind): kind is PictureKind => (pictureKinds as readonly FileKind[]).includes(kind)

/** For the `accept` of a file field: '.pdf,.png,…' */
export const acceptedExtensions: string = Object.values(fileKinds)
  .flatMap(({ extensions }) => extensions.map(extension => `.${extension}`))
  .join(',')

/** As people name them, for messages: 'PDF, PNG, JPG, …' */
export const acceptedNames: string = Object.values(fileKinds)
  .map(({ extensions }) => extensions[0].toUpperCase())
  .join(', ')
