#include "pos/config/configuration.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "pos/config/secrets_file.h"
#include "tests/support/temp_folder.h"
#include "tests/support/utf16.h"

TEST_CASE("configuration: the key of a platform is kept beside the password, for nobody else") {
  const tests::TempFolder folder;
  const auto file = folder.path() / "secrets.toml";
  std::ofstream(file) << "[mail]\npassword = \"ge\\\"heim\"\n";
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  REQUIRE(pos::keep_secret(folder.path(), "upstream", "key", "sk_\"1\\2"));
  const auto read = pos::read_configuration(folder.path());
  REQUIRE(read);
  CHECK(read->secrets.upstream_key == "sk_\"1\\2");
  CHECK(read->secrets.mail_password == "ge\"heim");
  struct stat facts {};
  REQUIRE(::stat(file.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("configuration: both files may have a byte order mark, or be UTF-16") {
  const std::string settings = "[shop]\nname = \"Käse-Lädle\"\n";
  const std::string secrets = "[mail]\npassword = \"geheim\"\n";
  const auto marked = [](const std::string& text) { return "\xEF\xBB\xBF" + text; };
  const auto big = [](const std::string& text) { return tests::utf16(text, true); };
  const auto little = [](const std::string& text) { return tests::utf16(text, false); };
  using Written = std::string (*)(const std::string&);
  for (const Written as : {Written(marked), Written(big), Written(little)}) {
    const tests::TempFolder folder;
    const auto file = folder.path() / "secrets.toml";
    std::ofstream(folder.path() / "tresen.toml", std::ios::binary) << as(settings);
    std::ofstream(file, std::ios::binary) << as(secrets);
    REQUIRE(::chmod(file.c_str(), 0600) == 0);
    REQUIRE(pos::keep_secret(folder.path(), "upstream", "key", "sk_1"));
    const auto read = pos::read_configuration(folder.path());
    REQUIRE(read);
    REQUIRE(read->entries.size() == 1);
    CHECK(read->entries[0].value == "Käse-Lädle");
    CHECK(read->secrets.mail_password == "geheim");
    CHECK(read->secrets.upstream_key == "sk_1");
  }
}

TEST_CASE("configuration: a secrets file that others can read is not written to") {
  const tests::TempFolder folder;
  const auto file = folder.path() / "secrets.toml";
  std::ofstream(file) << "[mail]\npassword = \"geheim\"\n";
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  CHECK_FALSE(pos::keep_secret(folder.path(), "upstream", "key", "sk_1"));
}

TEST_CASE("configuration: writing one secret leaves every other one and every comment") {
  const tests::TempFolder folder;
  const auto file = folder.path() / "secrets.toml";
  const std::string others =
      "# of the shop\n[mail]\npassword = \"MAIL\"\n\n[terminal]\npassword = \"123456\"\n"
      "passphrase = \"NEXO\"  # as in the Customer Area\n";
  std::ofstream(file) << others;
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  for (const char* key : {"sk_1", "sk_2"}) {
    REQUIRE(pos::keep_secret(folder.path(), "upstream", "key", key));
    const auto read = pos::read_configuration(folder.path());
    REQUIRE(read);
    CHECK(read->secrets.upstream_key == key);
    CHECK(read->secrets.mail_password == "MAIL");
    CHECK(read->secrets.terminal.password == "123456");
    CHECK(read->secrets.terminal.passphrase == "NEXO");
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    CHECK(text == others + "\n[upstream]\nkey = \"" + key + "\"\n");
  }
}

TEST_CASE("configuration: a secret finds its place however the file is written") {
  const auto with_key = [](const char* text) {
    return pos::with_secret(text, "upstream", "key", "NEW").value_or("refused");
  };
  CHECK(with_key("") == "[upstream]\nkey = \"NEW\"\n");
  CHECK(with_key("[upstream]\n[mail]\npassword = \"x\"") ==
        "[upstream]\nkey = \"NEW\"\n[mail]\npassword = \"x\"");
  CHECK(with_key("[upstream]\nkey = \"old\" # mine\nlater = 7\n") ==
        "[upstream]\nkey = \"NEW\" # mine\nlater = 7\n");
  CHECK(with_key("upstream.key = 'old'\n") == "upstream.key = \"NEW\"\n");
  CHECK(with_key("upstream = { key = \"old\", x = 1 }\n") ==
        "upstream = { key = \"NEW\", x = 1 }\n");
  CHECK(with_key("[upstream]\nkey = \"\"\"\nö\n\"\"\"\n") == "[upstream]\nkey = \"NEW\"\n");
  CHECK(with_key("no toml") == "refused");
  // Where no line can be put in, all of it is written anew, with all that was there.
  const std::string anew = with_key("upstream = { x = 1 }\nmail.password = \"p\"\n");
  const auto secrets = pos::with_secret(anew, "upstream", "key", "NEW");
  REQUIRE(secrets);
  CHECK(secrets->find("'p'") + secrets->find("\"p\"") != 2 * std::string::npos);
}
