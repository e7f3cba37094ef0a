#include "pos/configuration.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/temp_folder.h"

TEST_CASE("configuration: the key of a platform is kept beside the password, for nobody else") {
  const tests::TempFolder folder;
  const auto file = folder.path() / "secrets.toml";
  std::ofstream(file) << "[mail]\npassword = \"ge\\\"heim\"\n";
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  REQUIRE(pos::keep_upstream_key(folder.path(), "sk_\"1\\2"));
  const auto read = pos::read_configuration(folder.path());
  REQUIRE(read);
  CHECK(read->secrets.upstream_key == "sk_\"1\\2");
  CHECK(read->secrets.mail_password == "ge\"heim");
  struct stat facts {};
  REQUIRE(::stat(file.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("configuration: a secrets file that others can read is not written to") {
  const tests::TempFolder folder;
  const auto file = folder.path() / "secrets.toml";
  std::ofstream(file) << "[mail]\npassword = \"geheim\"\n";
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  CHECK_FALSE(pos::keep_upstream_key(folder.path(), "sk_1"));
}
