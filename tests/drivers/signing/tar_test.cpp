#include "drivers/signing/tar.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "tests/support/program.h"

using namespace drivers;

namespace {

struct ReadArchive {
  std::vector<TarMember> members;
  std::optional<TarFault> fault;
  bool has_end_mark = false;
};

ReadArchive read_archive(const std::string& bytes) {
  std::istringstream stream(bytes);
  TarReader reader(stream);
  ReadArchive all;
  TarMember member;
  auto read = reader.next(member);
  for (; read && *read; read = reader.next(member)) all.members.push_back(member);
  if (!read) {
    all.fault = read.error();
    CHECK(reader.next(member).error() == *all.fault);
  }
  all.has_end_mark = reader.has_end_mark();
  return all;
}

// A header whose checksum is right again after a change.
std::string with_header(std::string member, std::size_t at, std::string_view bytes) {
  member.replace(at, bytes.size(), bytes);
  member.replace(148, 8, "        ");
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(member[i]);
  char text[8];
  std::snprintf(text, sizeof text, "%06o", sum);
  member.replace(148, 7, std::string(text, 7));
  return member;
}

}  // namespace

TEST_CASE("tar: members come out as they went in, and tar(1) reads them, too") {
  const std::string archive = tar_member("a.log", "first", {}) + tar_member("b c.log", "", {}) +
                              tar_member("d.log", std::string(1024, 'x'), {}) + tar_end();
  const auto read = read_archive(archive);
  REQUIRE(read.members.size() == 3);
  CHECK(read.members[0].name == "a.log");
  CHECK(read.members[0].bytes == "first");
  CHECK(read.members[1].bytes.empty());
  CHECK(read.members[1].begins == 1024);
  CHECK(read.members[2].bytes == std::string(1024, 'x'));
  CHECK(read.has_end_mark);
  CHECK_FALSE(read.fault);
  const tests::TempFolder folder;
  tests::write_file(folder / "a.tar", archive);
  const auto said = tests::run_command({"tar", "xOf", (folder / "a.tar").string(), "a.log"});
  CHECK(said.status == 0);
  CHECK(said.out == "first");
}

TEST_CASE("tar: cut anywhere, members before the cut are whole and the cut is noticed") {
  const std::string archive =
      tar_member("a.log", "first", {}) + tar_member("b.log", std::string(600, 'x'), {}) + tar_end();
  for (std::size_t size = 0; size < archive.size(); size += 7) {
    const auto read = read_archive(archive.substr(0, size));
    CHECK((read.fault || !read.has_end_mark || size > archive.size() - 1024));
    for (const TarMember& member : read.members) CHECK(member.is_whole());
  }
  CHECK(read_archive(archive.substr(0, 1500)).fault == TarFault::cut_short);
  // Between two members it is only the missing mark that tells.
  const auto between = read_archive(archive.substr(0, 1024));
  CHECK_FALSE(between.fault);
  CHECK_FALSE(between.has_end_mark);
}

TEST_CASE("tar: a header that promises ten gigabytes takes no memory") {
  const std::string member = tar_member("huge.log", "x", {});
  for (const std::string_view size : {std::string_view("77777777777\0", 12),
                                      std::string_view("\x80\0\0\0\0\0\0\x02\x54\x0b\xe4\0", 12)}) {
    const auto read = read_archive(with_header(member, 124, size) + tar_end());
    CHECK(read.members.empty());
    CHECK(read.fault == TarFault::cut_short);
  }
  const auto negative = read_archive(with_header(
      member, 124, std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12)));
  CHECK(negative.fault == TarFault::no_header);
}

TEST_CASE("tar: of a member that is larger than any log only the size is known") {
  const auto read =
      read_archive(tar_member("large.log", std::string(largest_tar_member + 1, 'x'), {}) +
                   tar_member("b.log", "b", {}) + tar_end());
  REQUIRE(read.members.size() == 2);
  CHECK_FALSE(read.members[0].is_whole());
  CHECK(read.members[0].size == static_cast<std::int64_t>(largest_tar_member) + 1);
  CHECK(read.members[1].bytes == "b");
}

TEST_CASE("tar: long names, of ustar, GNU and pax") {
  const std::string name(90, 'n');
  const std::string member = tar_member(name, "x", {});
  CHECK(read_archive(with_header(member, 345, "folder") + tar_end()).members.at(0).name ==
        "folder/" + name);
  const std::string longest(200, 'l');
  std::string gnu = tar_member("././@LongLink", longest + std::string(1, '\0'), {});
  gnu = with_header(gnu, 156, "L");
  CHECK(read_archive(gnu + member + tar_end()).members.at(0).name == longest);
  std::string pax = tar_member("PaxHeaders/x", "210 path=" + longest + "\n", {});
  pax = with_header(pax, 156, "x");
  const auto read = read_archive(pax + member + member + tar_end());
  CHECK(read.members.at(0).name == longest);
  CHECK(read.members.at(1).name == name);
}

TEST_CASE("tar: folders and links are no files, and have no content") {
  const std::string link = with_header(tar_member("l", "", {}), 156, "2");
  const std::string folder = with_header(tar_member("f/", "", {}), 156, "5");
  const auto read = read_archive(link + folder + tar_member("a.log", "a", {}) + tar_end());
  REQUIRE(read.members.size() == 3);
  CHECK_FALSE(read.members[0].is_file);
  CHECK_FALSE(read.members[1].is_file);
  CHECK(read.members[2].is_file);
}

TEST_CASE("tar: archives behind one another are read, and rubbish behind the end is not") {
  const std::string one = tar_member("a.log", "a", {}) + tar_end();
  CHECK(read_archive(one + one).members.size() == 2);
  CHECK_FALSE(read_archive(one + std::string(700, 'x')).fault);
  CHECK(read_archive(std::string(700, 'x')).fault == TarFault::no_header);
  CHECK(read_archive("").members.empty());
}

TEST_CASE("tar: names that lead out of the folder are not plain") {
  for (const char* name : {"a.log", "folder/a.log", "./a.log", "a..b.log", "KASSE 0001.log"}) {
    CHECK(is_plain_name(name));
  }
  for (const char* name :
       {"", "/a.log", "../a.log", "a/../../b", "a/..", "..", "a\\b", "a\nb", "a\x1b[2J"}) {
    CHECK_FALSE(is_plain_name(name));
  }
}
