// Takes the place of @vscode/native-watchdog in the cached VS Code server: that package needs a compiler, and without it every
// extension host log begins with an error. It ends the extension host when the server is gone; here the whole process group ends.
exports.start = () => {};
