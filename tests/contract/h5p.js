// Let Lumi's H5P server say what is wrong with a package that is unpacked: node h5p.js FOLDER_OF_THE_SERVER FOLDER
const [, , server, folder] = process.argv;
const { H5PConfig, fsImplementations } = require(server);
const { default: PackageValidator } = require(`${server}/build/src/PackageValidator`);

const validator = new PackageValidator(new H5PConfig(new fsImplementations.InMemoryStorage()));
const said = (error) => (error.getErrors ? error.getErrors() : [error]).map((it) => it.errorId ?? String(it));
validator.validateExtractedPackage(folder, true, false).then(
    () => console.log('[]'),
    (error) => console.log(JSON.stringify(said(error))),
);
