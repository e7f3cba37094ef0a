#include "drivers/signing/archive_check.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/program.h"

using namespace drivers;

namespace {

ArchiveReport check_bytes(const std::string& bytes) {
  std::istringstream stream(bytes);
  return check_archive(stream);
}

std::string odd_export() {
  return tests::read_file(tests::data_file("tse/odd-export.tar"));
}

}  // namespace

TEST_CASE("archive: an export as odd devices write it verifies") {
  const ArchiveReport report = check_bytes(odd_export());
  CHECK(report.holds());
  CHECK(report.logs == 8);
  CHECK(report.verified == 8);
  CHECK(report.unchecked == 0);
  CHECK(report.certificates == 2);
  CHECK(report.unknown_certificates == 1);
  CHECK(report.others == 1);
  REQUIRE(report.devices.size() == 2);
  const DeviceLogs& first =
      report.devices.at("84e9bdcdf43f2fd7e2bb9bb569c300799a3814c6d3b49d192e87dc2aabce43cd");
  CHECK(first.transaction == 3);
  CHECK(first.system == 2);
  CHECK(first.audit == 1);
  CHECK(first.open == std::vector<std::int64_t>{2});
  CHECK(first.counters.missing().empty());
  CHECK(first.has_certificate);
  const DeviceLogs& second =
      report.devices.at("f1cda1a56808ddea6affbe2d7a628fbe0b85220b53b5f49d80b51ff20acfe161");
  CHECK(second.counters.missing() == std::vector<CounterRange>{{41, 41}});
  CHECK(second.open.empty());
  CHECK_FALSE(report.is_whole());  // one is missing between 40 and 42
}

TEST_CASE("archive: the export of the BSI's simulator verifies") {
  if (!std::filesystem::exists(TRESEN_SOURCE "/../shared/data/tse/bsi-simulator-export.tar"))
    return;
  const ArchiveReport report =
      check_bytes(tests::read_file(TRESEN_SOURCE "/../shared/data/tse/bsi-simulator-export.tar"));
  CHECK(report.holds());
  CHECK(report.is_whole());
  CHECK(report.verified == 9);
  CHECK(report.certificates == 3);
  REQUIRE(report.devices.size() == 1);
  CHECK(report.devices.begin()->second.counters.span() == CounterRange{1, 9});
  CHECK(report.devices.begin()->second.transaction == 2);
}

TEST_CASE("archive: a changed amount is found, and named by its file") {
  std::string bytes = odd_export();
  bytes.replace(bytes.find("0.00_2.00"), 9, "0.00_1.00");
  const ArchiveReport report = check_bytes(bytes);
  CHECK_FALSE(report.holds());
  CHECK(report.verified == 7);
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0] ==
        ArchiveFault{"Utc_261129120000Z_Sig-42_Log-Tra_No-9_Finish_Client-KASSE-0002_Fc-1.log",
                     "its signature does not verify"});
}

TEST_CASE("archive: a log that is taken out leaves a gap, and one put in twice is seen") {
  const std::string bytes = odd_export();
  const std::size_t third = bytes.find("Unixt_1795946400_Sig-3_");
  const std::string without = bytes.substr(0, third) + bytes.substr(third + 1024);
  const ArchiveReport gap = check_bytes(without);
  CHECK(gap.holds());
  CHECK_FALSE(gap.is_whole());
  const std::string twice = bytes.substr(0, third + 1024) + bytes.substr(third);
  const ArchiveReport doubled = check_bytes(twice);
  CHECK_FALSE(doubled.is_whole());
  CHECK(doubled.devices.at("84e9bdcdf43f2fd7e2bb9bb569c300799a3814c6d3b49d192e87dc2aabce43cd")
            .doubled_counters == 1);
}

TEST_CASE("archive: without its certificate a log is unchecked, and the archive does not hold") {
  std::string bytes = odd_export();
  const std::size_t certificate = bytes.find("F1CDA1A5");
  bytes.erase(certificate, 512 + 1024);
  const ArchiveReport report = check_bytes(bytes);
  CHECK(report.unchecked == 2);
  CHECK(report.verified == 6);
  CHECK(report.fault_count == 0);
  CHECK_FALSE(report.holds());
}

TEST_CASE("archive: cut short anywhere it never holds as a whole") {
  const std::string bytes = odd_export();
  const std::size_t end = bytes.find("info.csv") + 1024;
  for (std::size_t size = 0; size < end; size += 97) {
    const ArchiveReport report = check_bytes(bytes.substr(0, size));
    CHECK_FALSE((report.holds() && report.is_whole()));
  }
  const ArchiveReport cut = check_bytes(bytes.substr(0, 600));
  REQUIRE(cut.faults.size() == 1);
  CHECK(cut.faults[0].says == "the archive is cut short here");
}

TEST_CASE("archive: foreign members are named, and none is ever written anywhere") {
  const std::string bytes = odd_export();
  for (const char* name : {"../x.log", "/etc/x.log", "a/../../x_X509.der"}) {
    const ArchiveReport report = check_bytes(tar_member(name, "x", {}) + bytes);
    CHECK_FALSE(report.holds());
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0] == ArchiveFault{name, "its name leads out of the archive"});
  }
  const ArchiveReport odd = check_bytes(tar_member("readme.txt", "x", {}) + bytes);
  CHECK(odd.holds());
  CHECK(odd.others == 2);
}

TEST_CASE("archive: what is no archive does not hold") {
  CHECK_FALSE(check_bytes("").holds());
  CHECK_FALSE(check_bytes(std::string(2000, 'x')).holds());
  CHECK_FALSE(check_bytes(tar_end()).holds());
}

TEST_CASE("archive: counters are ranges, in whatever order they come") {
  CounterSet set;
  CHECK_FALSE(set.span());
  for (const std::int64_t number : {5, 1, 3, 2, 9, 4, 8}) CHECK(set.add(number));
  for (const std::int64_t number : {5, 1, 9, 8}) CHECK_FALSE(set.add(number));
  CHECK(set.span() == CounterRange{1, 9});
  CHECK(set.missing() == std::vector<CounterRange>{{6, 7}});
  CHECK(set.add(6));
  CHECK(set.add(7));
  CHECK(set.missing().empty());
}
