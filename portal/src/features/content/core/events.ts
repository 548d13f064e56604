declare module '#platform/core' {
  interface EventTypes {
    /** by: absent where the time had come */
    'page.published': { pageId: string; versionId: string; by?: string }
    'page.unpublished': { pageId: string; by?: string }
    'menus.changed': { by: string }
  }
}

export {}
