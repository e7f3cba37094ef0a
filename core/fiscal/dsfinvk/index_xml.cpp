#include <fmt/format.h>

#include <array>

#include "core/fiscal/dsfinvk/writer.h"

namespace core::dsfinvk {

namespace {

struct Element {
  std::string_view name, content;
};

// What each element may hold, by name.
constexpr std::array elements{
    Element{"DataSet", "(Extension*, Version, DataSupplier?, Command*, Media+, Command*)"},
    Element{"Extension", "(Name, URL)"},
    Element{"DataSupplier", "(Name, Location, Comment)"},
    Element{"Media", "(Name, Command*, Table*, Command*, AcceptNoTables?)"},
    Element{
        "Table",
        "(URL, Name?, Description?, Validity?, (ANSI | Macintosh | OEM | UTF16 | UTF7 | UTF8)?, "
        "(DecimalSymbol, DigitGroupingSymbol)?, SkipNumBytes?, Range?, Epoch?, "
        "(VariableLength | FixedLength))"},
    Element{"VariableLength",
            "(ColumnDelimiter?, RecordDelimiter?, TextEncapsulator?, "
            "((VariablePrimaryKey+, VariableColumn*) | (VariableColumn+)), ForeignKey*)"},
    Element{"VariablePrimaryKey",
            "(Name, Description?, (Numeric | (AlphaNumeric, MaxLength?) | Date), Map*)"},
    Element{"VariableColumn",
            "(Name, Description?, (Numeric | (AlphaNumeric, MaxLength?) | Date), Map*)"},
    Element{"FixedLength",
            "((Length | RecordDelimiter)?, ((FixedPrimaryKey+, FixedColumn*) | (FixedColumn+)), "
            "ForeignKey*)"},
    Element{"FixedPrimaryKey",
            "(Name, Description?, (Numeric | AlphaNumeric | Date), Map*, FixedRange)"},
    Element{"FixedColumn",
            "(Name, Description?, (Numeric | AlphaNumeric | Date), Map*, FixedRange)"},
    Element{"ForeignKey", "(Name+, References, Alias*)"},
    Element{"Alias", "(From, To)"},
    Element{"Map", "(Description?, From, To)"},
    Element{"Range", "(From, (To | Length)?)"},
    Element{"FixedRange", "(From, (To | Length))"},
    Element{"Validity", "(Range, Format?)"},
    Element{"Numeric", "((ImpliedAccuracy | Accuracy)?)"},
    Element{"Date", "(Format?)"}};

constexpr std::array<std::string_view, 7> empty_elements{"AlphaNumeric", "ANSI", "Macintosh", "OEM",
                                                         "UTF16",        "UTF7", "UTF8"};

constexpr std::array<std::string_view, 23> text_elements{"Version",
                                                         "Location",
                                                         "Comment",
                                                         "Length",
                                                         "References",
                                                         "From",
                                                         "To",
                                                         "AcceptNoTables",
                                                         "MaxLength",
                                                         "TextEncapsulator",
                                                         "Accuracy",
                                                         "ImpliedAccuracy",
                                                         "Format",
                                                         "DecimalSymbol",
                                                         "DigitGroupingSymbol",
                                                         "Command",
                                                         "URL",
                                                         "Description",
                                                         "Name",
                                                         "Epoch",
                                                         "ColumnDelimiter",
                                                         "RecordDelimiter",
                                                         "SkipNumBytes"};

std::string made_dtd() {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n";
  for (const Element& element : elements) {
    text += fmt::format("<!ELEMENT {} {}>\r\n", element.name, element.content);
  }
  for (const std::string_view name : empty_elements) {
    text += fmt::format("<!ELEMENT {} EMPTY>\r\n", name);
  }
  for (const std::string_view name : text_elements) {
    text += fmt::format("<!ELEMENT {} (#PCDATA)>\r\n", name);
  }
  return text;
}

std::string column_xml(const Column& column) {
  std::string kind;
  if (column.form == Form::text) {
    kind = fmt::format("          <AlphaNumeric />\r\n          <MaxLength>{}</MaxLength>\r\n",
                       column.size);
  } else if (column.size == 0) {
    kind = "          <Numeric />\r\n";
  } else {
    kind = fmt::format(
        "          <Numeric>\r\n            <Accuracy>{}</Accuracy>\r\n          </Numeric>\r\n",
        column.size);
  }
  return fmt::format(
      "        <VariableColumn>\r\n          <Name>{}</Name>\r\n"
      "          <Description>{}</Description>\r\n{}        </VariableColumn>\r\n",
      column.name, column.says, kind);
}

std::string table_xml(const Table& table, std::size_t certificates) {
  std::string text = fmt::format(
      "    <Table>\r\n      <URL>{0}</URL>\r\n      <Name>{1}</Name>\r\n"
      "      <Description>{0}</Description>\r\n      <UTF8 />\r\n"
      "      <DecimalSymbol>,</DecimalSymbol>\r\n"
      "      <DigitGroupingSymbol>.</DigitGroupingSymbol>\r\n"
      "      <Range>\r\n        <From>2</From>\r\n      </Range>\r\n"
      "      <VariableLength>\r\n        <ColumnDelimiter>;</ColumnDelimiter>\r\n"
      "        <RecordDelimiter>&#xD;&#xA;</RecordDelimiter>\r\n"
      "        <TextEncapsulator>\"</TextEncapsulator>\r\n",
      table.name, table.module);
  for (const Column& column : leading_columns(table)) text += column_xml(column);
  for (const Column& column : table.own) text += column_xml(column);
  if (table.file == File::tse) {
    for (std::size_t i = certificate_columns; i < certificates; ++i) {
      text += column_xml(further_certificate_column(i));
    }
  }
  return text + "      </VariableLength>\r\n    </Table>\r\n";
}

}  // namespace

std::string_view dtd_text() {
  static const std::string text = made_dtd();
  return text;
}

std::string index_xml_text(std::size_t certificates) {
  std::string text = fmt::format(
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
      "<!DOCTYPE DataSet SYSTEM \"{}\">\r\n<DataSet>\r\n  <Version>1.0</Version>\r\n"
      "  <DataSupplier>\r\n    <Name />\r\n    <Location />\r\n    <Comment />\r\n"
      "  </DataSupplier>\r\n  <Media>\r\n    <Name>CD Nummer 1</Name>\r\n",
      dtd_name);
  for (const Table& table : tables()) text += table_xml(table, certificates);
  return text + "  </Media>\r\n</DataSet>\r\n";
}

}  // namespace core::dsfinvk
