declare module '#platform/core' {
  interface EventTypes {
    /** a document has a version that was not offered before; the first one too */
    'document.version-offered': { documentId: string; versionId: string }
    /** companyId: of whom was signed in; null: nobody was, or he is of none */
    'document.downloaded': { documentId: string; versionId: string; companyId: string | null }
  }
}

export {}
