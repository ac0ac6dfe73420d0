/** The insurers that have a rules file; the build makes this module from those files. */
declare const insurers: import("../elements/navi-insurers.js").Insurer[];
export default insurers;
