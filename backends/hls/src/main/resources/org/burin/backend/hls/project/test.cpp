// Feeds the golden vectors of tb_data to «top» and compares every number with what it should be.
//
// The files hold raw integers, a sample on each line, all inputs or outputs side by side. Ends with 0 if everything is
// equal, with 1 and the first difference if something is not, with 2 if a file is missing or short.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "firmware/«top».h"
§foreach(«include» in «includes»)
#include <«include»>
§end
#include "firmware/kernels/arrays.h"
§foreach(«w» in «weights»)
#include "firmware/weights/«w.name()».h"
§end

namespace {

typedef std::vector<long long> line_of_numbers;

// Reads the numbers of the next line; false at the end of the file.
bool read_line(std::istream &file, line_of_numbers *numbers) {
  std::string text;
  numbers->clear();
  if (!std::getline(file, text)) {
    return false;
  }
  std::istringstream line(text);
  long long number = 0;
  while (line >> number) {
    numbers->push_back(number);
  }
  return true;
}

template <class T, unsigned SIZE>
void feed(const line_of_numbers &numbers, std::size_t *at, T (&port)[SIZE]) {
  for (unsigned i = 0; i < SIZE; i++) {
    port[i] = burin::from_long<T>(numbers[(*at)++]);
  }
}

// The expected numbers of a sample, and where the comparison stands.
struct expectation {
  line_of_numbers numbers;
  std::size_t at;
  long long sample;
};

template <class T, unsigned SIZE>
bool equal(expectation *expected, const T (&port)[SIZE], const char *name) {
  for (unsigned i = 0; i < SIZE; i++) {
    const long long right = expected->numbers[expected->at++];
    const long long found = burin::to_long(port[i]);
    if (found != right) {
      std::cout << "sample " << expected->sample << ", " << name << "[" << i << "]: expected raw " << right << ", found "
                << found << std::endl;
      return false;
    }
  }
  return true;
}

§foreach(«p» in «ports»)
«p.name()»_t «p.name()»[«p.size()»];
§end
§foreach(«w» in «weights»)
«w.name()»_t «w.name()»[«w.size()»];
§end

}  // namespace

«main» {
  const std::string folder = argc > 1 ? argv[1] : "tb_data";
  std::ifstream inputs((folder + "/inputs.dat").c_str());
  std::ifstream outputs((folder + "/outputs.dat").c_str());
§foreach(«w» in «weights»)
  for (unsigned i = 0; i < «w.size()»; i++) {
    «w.name()»[i] = burin::from_long<«w.name()»_t>(«w.name()»_initial[i]);
  }
§end
  line_of_numbers fed;
  expectation expected = {line_of_numbers(), 0, 0};
  while (read_line(inputs, &fed)) {
    if (!read_line(outputs, &expected.numbers) || fed.size() != «inputSize» || expected.numbers.size() != «outputSize») {
      std::cout << folder << ": line " << expected.sample + 1 << " is short" << std::endl;
      «return»(2);
    }
    std::size_t at = 0;
§foreach(«p» in «inputs»)
    feed(fed, &at, «p.name()»);
§end
    «call»(«arguments»);
    expected.at = 0;
§foreach(«p» in «outputs»)
    if (!equal(&expected, «p.name()», "«p.name()»")) {
      «return»(1);
    }
§end
    expected.sample++;
  }
  std::cout << expected.sample << " samples, no difference" << std::endl;
  if (expected.sample == 0) {
    «return»(2);
  }
  «return»(0);
}
