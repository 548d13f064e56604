const workbooks = /\.(xlsx|xlsm|xlsb|xls|ods)$/i

export type FileContent = { text: string } | { base64: string }

/** A model file as the import takes it: text as it is, a workbook in base64. */
export async function contentOf(file: File): Promise<FileContent> {
  return workbooks.test(file.name) ? { base64: await base64Of(file) } : { text: await file.text() }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, '')) // "data:…;base64,"
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
