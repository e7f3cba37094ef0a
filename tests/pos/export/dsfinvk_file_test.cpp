#include "pos/export/dsfinvk_file.h"

#include <doctest/doctest.h>

#include <fstream>

#include "pos/export/zip_file.h"
#include "tests/support/fiscal_shop.h"
#include "tests/support/program.h"

namespace {

const core::Instant now{std::chrono::seconds{1'795'946'400}};

void write_export(const std::filesystem::path& zip, unsigned seed, int days, int receipts) {
  tests::FiscalShop shop(seed);
  pos::DsfinvkFile file(zip);
  REQUIRE(file.open());
  for (int day = 1; day <= days; ++day) {
    file.writer().begin(shop.closing(day));
    for (int i = 0; i < receipts; ++i) file.writer().add(shop.receipt());
    file.writer().end();
  }
  const auto saved = file.save(now);
  REQUIRE_MESSAGE(saved, saved.error());
}

std::string text_in_zip(const std::filesystem::path& zip, const std::string& name) {
  std::string text;
  REQUIRE(pos::read_in_zip(zip, name, [&](std::istream& content) {
    text.assign(std::istreambuf_iterator<char>(content), {});
  }));
  return text;
}

}  // namespace

TEST_CASE("dsfinvk file: one ZIP with every file, which reads again without a finding") {
  const tests::TempFolder folder;
  const auto zip = folder / "export.zip";
  write_export(zip, 5, 3, 60);
  const auto names = pos::names_in_zip(zip);
  REQUIRE(names);
  CHECK(names->size() == 22);
  CHECK(names->at(0) == "index.xml");
  const auto report = pos::check_dsfinvk(zip);
  REQUIRE(report);
  CHECK(report->is_good());
  CHECK(report->closings == 3);
  CHECK(report->receipts == 180);
  // Nothing else is left behind.
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("dsfinvk file: index.xml is valid by its DTD, and so is each with more columns") {
  const tests::TempFolder folder;
  write_export(folder / "export.zip", 5, 1, 3);
  tests::write_file(folder / std::string(core::dsfinvk::dtd_name),
                    text_in_zip(folder / "export.zip", std::string(core::dsfinvk::dtd_name)));
  for (const std::string& xml :
       {text_in_zip(folder / "export.zip", "index.xml"), core::dsfinvk::index_xml_text(7)}) {
    tests::write_file(folder / "index.xml", xml);
    const auto said = tests::run_command({"xmllint", "--noout", "--dtdvalid",
                                          (folder / std::string(core::dsfinvk::dtd_name)).string(),
                                          (folder / "index.xml").string()});
    CHECK_MESSAGE(said.status == 0, said.err);
  }
  tests::write_file(folder / "index.xml", "<?xml version=\"1.0\"?><DataSet><Wrong/></DataSet>");
  CHECK(tests::run_command({"xmllint", "--noout", "--dtdvalid",
                            (folder / std::string(core::dsfinvk::dtd_name)).string(),
                            (folder / "index.xml").string()})
            .status != 0);
}

TEST_CASE("dsfinvk file: index.xml is valid by the published DTD, too") {
  if (!std::filesystem::exists(TRESEN_SOURCE "/../shared/data/dsfinvk/gdpdu-01-09-2004.dtd"))
    return;
  const tests::TempFolder folder;
  tests::write_file(folder / "index.xml", core::dsfinvk::index_xml_text(2));
  const auto said =
      tests::run_command({"xmllint", "--noout", "--dtdvalid",
                          TRESEN_SOURCE "/../shared/data/dsfinvk/gdpdu-01-09-2004.dtd",
                          (folder / "index.xml").string()});
  CHECK_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("dsfinvk file: until it is saved there is none, and the old one stays") {
  const tests::TempFolder folder;
  const auto zip = folder / "export.zip";
  tests::write_file(zip, "the old one");
  {
    pos::DsfinvkFile file(zip);
    REQUIRE(file.open());
    tests::FiscalShop shop(1);
    file.writer().begin(shop.closing(1));
    file.writer().add(shop.receipt());
  }
  CHECK(tests::read_file(zip) == "the old one");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("dsfinvk file: a folder that is not there, or no ZIP, is said") {
  pos::DsfinvkFile nowhere("/nonexistent/folder/export.zip");
  CHECK_FALSE(nowhere.open());
  const tests::TempFolder folder;
  CHECK_FALSE(pos::check_dsfinvk(folder / "missing.zip"));
  tests::write_file(folder / "no.zip", "this is no ZIP");
  CHECK_FALSE(pos::check_dsfinvk(folder / "no.zip"));
}

TEST_CASE("dsfinvk file: a ZIP that is cut short or lacks a file is noticed") {
  const tests::TempFolder folder;
  const auto zip = folder / "export.zip";
  write_export(zip, 5, 1, 10);
  const std::string whole = tests::read_file(zip);
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, whole.size() / 2}) {
    tests::write_file(zip, whole.substr(0, size));
    const auto report = pos::check_dsfinvk(zip);
    CHECK((!report || !report->is_good()));
  }
  tests::write_file(folder / "lines.csv", "x");
  REQUIRE(pos::write_zip(zip, {{"lines.csv", folder / "lines.csv"}}, now));
  const auto report = pos::check_dsfinvk(zip);
  REQUIRE(report);
  CHECK(report->findings.at(0) == core::dsfinvk::Finding{"index.xml", 0, "it is not there"});
  CHECK(report->finding_count >= 21);
}

TEST_CASE("dsfinvk file: the sample of the project's data reads without a finding") {
  if (!std::filesystem::exists(TRESEN_SOURCE "/../shared/data/dsfinvk/sample/lines.csv")) return;
  const tests::TempFolder folder;
  std::vector<pos::ZipEntry> entries;
  for (const auto& entry :
       std::filesystem::directory_iterator(TRESEN_SOURCE "/../shared/data/dsfinvk/sample")) {
    entries.push_back({entry.path().filename().string(), entry.path()});
  }
  REQUIRE(pos::write_zip(folder / "sample.zip", entries, now));
  const auto report = pos::check_dsfinvk(folder / "sample.zip");
  REQUIRE(report);
  CHECK_MESSAGE(report->is_good(), (report->is_good() ? "" : report->findings[0].says));
  CHECK(report->receipts == 1);
}
