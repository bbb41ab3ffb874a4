/** Names of the messages between preload and main; there are no others. */
export const CHANNELS = {
  openFolder: 'vekscope:open-folder',
  openFile: 'vekscope:open-file',
  saveAs: 'vekscope:save-as',
  keepExport: 'vekscope:keep-export',
  reveal: 'vekscope:reveal',
  openExternal: 'vekscope:open-external',
  wantPort: 'vekscope:want-port',
  port: 'vekscope:port',
  folderChosen: 'vekscope:folder-chosen',
  command: 'vekscope:command',
  menu: 'vekscope:menu',
  showMenu: 'vekscope:show-menu',
  save: 'vekscope:save',
  saved: 'vekscope:saved',
} as const;
