#include "pos/ui/input_devices.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "tests/support/temp_folder.h"

using namespace pos::ui;

namespace {

std::string why(const std::vector<InputDevice>& devices) {
  const char* sentence = why_nobody_can_work(devices);
  return sentence != nullptr ? sentence : "";
}

}  // namespace

TEST_CASE("input devices: a keyboard or a touch screen that may be read is enough") {
  const InputDevice power_button{true, false, false}, closed{};
  CHECK(why({power_button, closed, {true, true, false}}).empty());
  CHECK(why({closed, {true, false, true}}).empty());
}

TEST_CASE("input devices: those that may not be read name the group that may") {
  CHECK(why({InputDevice{}}).find("group input") != std::string::npos);
  CHECK(why({InputDevice{true, false, false}, InputDevice{}}).find("group input") !=
        std::string::npos);
}

TEST_CASE("input devices: where there is none but a power button, none is connected") {
  CHECK(why({}) == "No keyboard or touch screen is connected.");
  CHECK(why({InputDevice{true, false, false}}) == "No keyboard or touch screen is connected.");
}

TEST_CASE("input devices: a folder is looked through for event devices alone") {
  const tests::TempFolder folder;
  std::ofstream(folder.path() / "event0") << "no device at all";
  std::ofstream(folder.path() / "mouse0") << "";
  std::filesystem::create_symlink("nowhere", folder.path() / "event1");
  const auto devices = input_devices(folder.path());
  REQUIRE(devices.size() == 2);
  int readable = 0;
  for (const InputDevice& device : devices) {
    readable += device.may_be_read;
    CHECK_FALSE(device.has_keys);
  }
  CHECK(readable == 1);
  CHECK(input_devices(folder.path() / "missing").empty());
}
