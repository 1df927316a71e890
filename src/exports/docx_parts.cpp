#include "exports/docx_parts.h"

#include "exports/document.h"
#include "html/html.h"

namespace tithing::exports::docx {
namespace {

constexpr const char* kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kMain = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
constexpr const char* kInk = "14283C";
constexpr const char* kLink = "0072B2";

std::string part(const std::string& body) { return kDeclaration + body; }

// One style. `paragraph` and `run` are the properties inside w:pPr and w:rPr.
std::string style(const char* type, const char* id, const char* name, const char* based_on, const char* next,
                  const std::string& paragraph, const std::string& run, bool is_default = false) {
  std::string out = std::string("<w:style w:type=\"") + type + "\"" + (is_default ? " w:default=\"1\"" : "") +
                    " w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/>";
  if (*based_on != 0) out += std::string("<w:basedOn w:val=\"") + based_on + "\"/>";
  if (*next != 0) out += std::string("<w:next w:val=\"") + next + "\"/>";
  out += "<w:qFormat/>";
  if (!paragraph.empty()) out += "<w:pPr>" + paragraph + "</w:pPr>";
  if (!run.empty()) out += "<w:rPr>" + run + "</w:rPr>";
  return out + "</w:style>";
}

std::string size(int half_points) {
  const std::string value = std::to_string(half_points);
  return "<w:sz w:val=\"" + value + "\"/><w:szCs w:val=\"" + value + "\"/>";
}

std::string spacing(int before, int after) {
  return "<w:spacing w:before=\"" + std::to_string(before) + "\" w:after=\"" + std::to_string(after) + "\"/>";
}

std::string heading(int level, int half_points, int before) {
  const std::string number = std::to_string(level), id = "Heading" + number, name = "heading " + number;
  return style("paragraph", id.c_str(), name.c_str(), "Normal", "Normal",
               "<w:keepNext/><w:keepLines/>" + spacing(before, 120) + "<w:outlineLvl w:val=\"" +
                   std::to_string(level - 1) + "\"/>",
               std::string("<w:b/><w:bCs/><w:color w:val=\"") + kInk + "\"/>" + size(half_points));
}

std::string level(int at, const char* format, const char* text, int left, int hanging) {
  return "<w:lvl w:ilvl=\"" + std::to_string(at) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format +
         "\"/><w:lvlText w:val=\"" + text + "\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"" +
         std::to_string(left) + "\" w:hanging=\"" + std::to_string(hanging) + "\"/></w:pPr></w:lvl>";
}

std::string field(const char* instruction) {
  return std::string("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> ") +
         instruction +
         " </w:instrText></w:r><w:r><w:fldChar "
         "w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
}

std::string text_run(const std::string& text) {
  return "<w:r><w:t xml:space=\"preserve\">" + xml(text) + "</w:t></w:r>";
}

}  // namespace

std::string xml(std::string_view text) { return html::escaped(printable(text)); }

std::string content_types() {
  const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  const auto of = [](const std::string& name, const std::string& type) {
    return "<Override PartName=\"" + name + "\" ContentType=\"" + type + "\"/>";
  };
  return part(
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
      of("/word/document.xml", word + "document.main+xml") + of("/word/styles.xml", word + "styles+xml") +
      of("/word/numbering.xml", word + "numbering+xml") + of("/word/settings.xml", word + "settings+xml") +
      of("/word/footnotes.xml", word + "footnotes+xml") + of("/word/footer1.xml", word + "footer+xml") +
      of("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") +
      of("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml") + "</Types>");
}

std::string package_relations() {
  return part(
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
      "Target=\"word/document.xml\"/>"
      "<Relationship Id=\"rId2\" "
      "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
      "Target=\"docProps/core.xml\"/>"
      "<Relationship Id=\"rId3\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" "
      "Target=\"docProps/app.xml\"/>"
      "</Relationships>");
}

std::string core_properties(const std::string& title, const std::string& reference, const std::string& author,
                            const std::string& language, const std::string& created) {
  std::string out =
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
  const auto add = [&](const std::string& name, const std::string& value, const std::string& attributes = "") {
    if (!value.empty()) out += "<" + name + attributes + ">" + xml(value) + "</" + name + ">";
  };
  add("dc:title", title);
  add("dc:subject", reference);
  add("dc:creator", author);
  add("dc:language", language);
  add("dcterms:created", created.empty() ? "" : created + "T00:00:00Z", " xsi:type=\"dcterms:W3CDTF\"");
  add("dcterms:modified", created.empty() ? "" : created + "T00:00:00Z", " xsi:type=\"dcterms:W3CDTF\"");
  return part(out + "</cp:coreProperties>");
}

std::string app_properties() {
  return part(
      "<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Tithing</"
      "Application></Properties>");
}

std::string styles(const std::string& language) {
  const std::string ink = std::string("<w:color w:val=\"") + kInk + "\"/>";
  const std::string hanging =
      "<w:ind w:left=\"" + std::to_string(kIndent) + "\" w:hanging=\"" + std::to_string(kIndent) + "\"/>";
  const std::string entry_tabs = "<w:tabs><w:tab w:val=\"left\" w:pos=\"" + std::to_string(kEntryIndent) +
                                 "\"/><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"" +
                                 std::to_string(kTextWidth) + "\"/></w:tabs>";
  const std::string entry_indent =
      "<w:ind w:left=\"" + std::to_string(kEntryIndent) + "\" w:hanging=\"" + std::to_string(kEntryIndent) + "\"/>";
  const std::string line = "w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A949E\"";
  std::string out = std::string("<w:styles ") + kMain +
                    "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" "
                    "w:eastAsia=\"Arial\" w:cs=\"Arial\"/>" +
                    size(22) + "<w:lang w:val=\"" + xml(language) + "\" w:eastAsia=\"" + xml(language) +
                    "\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"140\" "
                    "w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>";
  out += style("paragraph", "Normal", "Normal", "", "", "", "", true);
  out += style("character", "DefaultParagraphFont", "Default Paragraph Font", "", "", "", "", true);
  out +=
      "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
      "Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
      "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"0\" "
      "w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
  out += "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/></w:style>";
  out += style("paragraph", "Title", "Title", "Normal", "Normal", "<w:keepNext/>" + spacing(0, 200),
               "<w:b/><w:bCs/>" + ink + size(36));
  out += style("paragraph", "Subtitle", "Subtitle", "Normal", "Title", "<w:keepNext/>" + spacing(0, 60),
               "<w:color w:val=\"505A5F\"/>" + size(24));
  out += heading(1, 28, 320) + heading(2, 24, 240) + heading(3, 22, 200);
  out += style("paragraph", "NumberedParagraph", "Numbered Paragraph", "Normal", "", hanging, "");
  out += style("paragraph", "ListBullet", "List Bullet", "Normal", "", spacing(0, 80), "");
  out += style("paragraph", "ListNumber", "List Number", "Normal", "", spacing(0, 80), "");
  out += style("paragraph", "Entry", "Entry", "Normal", "", entry_tabs + spacing(60, 60) + entry_indent, "");
  out += style("paragraph", "Note", "Note", "Normal", "Normal",
               "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"8A949E\"/></w:pBdr>" +
                   spacing(120, 200) + "<w:ind w:left=\"227\"/>",
               "");
  out += style("paragraph", "Caption", "caption", "Normal", "Normal", "<w:keepNext/>" + spacing(200, 80),
               "<w:b/><w:bCs/>" + ink + size(20));
  out += style("paragraph", "TableText", "Table Text", "Normal", "",
               "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>", size(18));
  out += style("paragraph", "TableNote", "Table Note", "Normal", "", spacing(60, 60), size(18));
  out += style("paragraph", "Source", "Source", "Normal", "", spacing(0, 60), size(18));
  out += style("paragraph", "Footer", "footer", "Normal", "",
               "<w:tabs><w:tab w:val=\"right\" w:pos=\"" + std::to_string(kTextWidth) + "\"/></w:tabs>" + spacing(0, 0),
               size(16));
  out += style("paragraph", "FootnoteText", "footnote text", "Normal", "",
               "<w:spacing w:before=\"0\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", size(16));
  out += style("character", "FootnoteReference", "footnote reference", "DefaultParagraphFont", "", "",
               "<w:vertAlign w:val=\"superscript\"/>");
  const std::string link = std::string("<w:color w:val=\"") + kLink + "\"/>";
  out += style("character", "Hyperlink", "Hyperlink", "DefaultParagraphFont", "", "", link + "<w:u w:val=\"single\"/>");
  out += style("character", "Figure", "Figure", "DefaultParagraphFont", "", "", link + "<w:u w:val=\"dotted\"/>");
  out +=
      "<w:style w:type=\"table\" w:styleId=\"PaperTable\"><w:name w:val=\"Paper Table\"/><w:basedOn "
      "w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top " +
      line + "/><w:bottom " + line + "/><w:insideH " + line +
      "/></w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd "
      "w:val=\"clear\" w:color=\"auto\" w:fill=\"E8ECEF\"/></w:tcPr></w:tblStylePr></w:style>";
  return part(out + "</w:styles>");
}

std::string numbering(int numbered_lists) {
  const auto abstract = [](int id, const char* kind, const std::string& levels) {
    return "<w:abstractNum w:abstractNumId=\"" + std::to_string(id) + "\"><w:multiLevelType w:val=\"" + kind + "\"/>" +
           levels + "</w:abstractNum>";
  };
  std::string out = std::string("<w:numbering ") + kMain + ">";
  out += abstract(0, "multilevel",
                  level(0, "decimal", "%1.", kIndent, kIndent) + level(1, "decimal", "%1.%2", kIndent, kIndent));
  out += abstract(1, "singleLevel", level(0, "bullet", "\xE2\x80\xA2", kIndent + 397, 397));
  out += abstract(2, "singleLevel", level(0, "decimal", "%1.", kIndent + 397, 397));
  const auto use = [&](int id, int of, const std::string& inside) {
    out += "<w:num w:numId=\"" + std::to_string(id) + "\"><w:abstractNumId w:val=\"" + std::to_string(of) + "\"/>" +
           inside + "</w:num>";
  };
  use(kOutline, 0, "");
  use(kBullets, 1, "");
  // Each list begins at one.
  for (int i = 0; i < numbered_lists; ++i)
    use(kFirstList + i, 2, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>");
  return part(out + "</w:numbering>");
}

std::string settings(const std::string& language) {
  return part(std::string("<w:settings ") + kMain +
              "><w:defaultTabStop w:val=\"709\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>"
              "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>"
              "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
              "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
              "<w:themeFontLang w:val=\"" +
              xml(language) + "\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>");
}

std::string footer(const std::string& text, const std::string& page, const std::string& of) {
  return part(std::string("<w:ftr ") + kMain + "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>" + text_run(text) +
              "<w:r><w:tab/></w:r>" + text_run(page + " ") + field("PAGE") + text_run(" " + of + " ") +
              field("NUMPAGES") + "</w:p></w:ftr>");
}

std::string footnotes(const std::string& of_document) {
  return part(std::string("<w:footnotes ") + kMain +
              "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
              "<w:footnote w:type=\"continuationSeparator\" "
              "w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>" +
              of_document + "</w:footnotes>");
}

}  // namespace tithing::exports::docx
