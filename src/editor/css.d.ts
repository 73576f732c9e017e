/** A stylesheet as its text: the build puts it into the bundle. */
declare module '*.css' {
  const text: string;
  export default text;
}
